package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.Watchdog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Work of Drydock's own in a session of the migrating role's, which the change may refuse or hold
 * up by what it made of a table; then it is left undone.
 */
final class GuardedWork {
  private final Server server;
  private final String database;
  private final Watchdog watchdog;

  GuardedWork(Server server, String database, Watchdog watchdog) {
    this.server = server;
    this.database = database;
    this.watchdog = watchdog;
  }

  /** What is done. */
  interface Work {
    void run(Statement statement) throws SQLException;
  }

  /**
   * Does {@code work}, or what it comes to within {@code limit}.
   *
   * @throws SQLException when the server is gone
   */
  void run(Duration limit, Work work) throws SQLException {
    try (Connection connection = server.connectMigrator(database);
        Statement statement = connection.createStatement()) {
      watchdog.guard(connection, limit, () -> work.run(statement));
    } catch (SQLException e) {
      if (!server.isAlive()) {
        throw e;
      }
    }
  }
}
