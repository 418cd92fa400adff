package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Locks of two other sessions on every table, which make a statement wait for each table it locks.
 *
 * <p>The first is SHARE UPDATE EXCLUSIVE, which stops all that such a statement does and lets
 * queries and data changes pass. It stops itself too, so that only a weaker one, ROW EXCLUSIVE, can
 * be there before that one goes; it lets pass what stops neither reads nor writes.
 */
final class Blockade implements AutoCloseable {
  private static final String FIRST = "share update exclusive";
  private static final String NEXT = "row exclusive";

  private final List<Table> tables;
  private Connection holding;
  private Connection spare;

  private Blockade(List<Table> tables, Connection holding, Connection spare) {
    this.tables = tables;
    this.holding = holding;
    this.spare = spare;
  }

  /**
   * Locks the tables.
   *
   * @param tables of any kind; nothing is locked on what is neither a table nor a partitioned one
   */
  static Blockade raise(Server server, String database, List<Table> tables) throws SQLException {
    List<Table> lockable =
        tables.stream()
            .filter(
                table ->
                    table.kind() == Table.Kind.TABLE
                        || table.kind() == Table.Kind.PARTITIONED_TABLE)
            .toList();
    Connection first = open(server, database);
    try {
      lock(first, lockable, FIRST);
      return new Blockade(lockable, first, open(server, database));
    } catch (SQLException e) {
      first.close();
      throw e;
    }
  }

  private static Connection open(Server server, String database) throws SQLException {
    Connection connection = server.connectAdmin(database);
    connection.setAutoCommit(false);
    return connection;
  }

  private static void lock(Connection connection, List<Table> tables, String mode)
      throws SQLException {
    if (tables.isEmpty()) {
      return;
    }
    String names =
        tables.stream()
            .map(table -> Quoted.name(table.name()))
            .sorted()
            .collect(Collectors.joining(", only "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table only %s in %s mode".formatted(names, mode));
    }
  }

  /**
   * Lets a statement that waits go on to the next table.
   *
   * @param held ids of what it holds or waits for
   * @return whether it will wait there; not where a table is gone that was there in the beginning
   */
  boolean passOn(Set<Long> held) throws SQLException {
    List<Table> others =
        tables.stream().filter(table -> !held.contains(Long.valueOf(table.id()))).toList();
    try {
      lock(spare, others, NEXT);
    } catch (SQLException e) {
      end();
      return false;
    }
    Connection before = holding;
    holding = spare;
    spare = before;
    before.rollback();
    return true;
  }

  /** Gives all locks back. */
  void end() throws SQLException {
    holding.rollback();
    spare.rollback();
  }

  @Override
  public void close() throws SQLException {
    try {
      holding.close();
    } finally {
      spare.close();
    }
  }
}
