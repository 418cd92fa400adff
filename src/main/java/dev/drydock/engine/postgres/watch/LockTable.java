package dev.drydock.engine.postgres.watch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The lock table of the server, in which another session reads the locks of the migrating one. */
public final class LockTable implements AutoCloseable {
  private final PreparedStatement locks;
  private final int backend;

  private LockTable(PreparedStatement locks, int backend) {
    this.locks = locks;
    this.backend = backend;
  }

  /**
   * Prepares the question, so that it costs little to ask again.
   *
   * @param watching a session of the superuser in the same database
   * @param backend process id of the session whose locks are read
   */
  static LockTable open(Connection watching, int backend) throws SQLException {
    return new LockTable(
        watching.prepareStatement(
            "select relation::bigint, mode, granted, locktype = 'relation' and relation >= 16384 from pg_catalog.pg_locks"
                + " where pid = ? and mode <> 'SIReadLock' and (locktype = 'relation' or not granted)"),
        backend);
  }

  /** The locks that are held. */
  Locks held() throws SQLException {
    return read(false);
  }

  /** The locks that are held or waited for. */
  public Locks heldOrAwaited() throws SQLException {
    return read(true);
  }

  /** Whether the session waits for a lock, or for the end of a transaction. */
  public boolean waits() throws SQLException {
    try (ResultSet rows = ask()) {
      while (rows.next()) {
        if (!rows.getBoolean(3)) {
          return true;
        }
      }
    }
    return false;
  }

  private Locks read(boolean awaited) throws SQLException {
    Locks found = new Locks();
    try (ResultSet rows = ask()) {
      while (rows.next()) {
        if (rows.getBoolean(4) && (awaited || rows.getBoolean(3))) {
          found.add(rows.getLong(1), LockMode.ofCatalog(rows.getString(2)));
        }
      }
    }
    return found;
  }

  private ResultSet ask() throws SQLException {
    locks.setInt(1, backend);
    return locks.executeQuery();
  }

  @Override
  public void close() throws SQLException {
    locks.close();
  }
}
