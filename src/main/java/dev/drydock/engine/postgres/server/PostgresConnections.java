package dev.drydock.engine.postgres.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections with the driver settings Drydock relies on. */
final class PostgresConnections {
  /** From here on a session that does nothing can be ended. */
  private static final int WITH_IDLE_LIMIT = 14;

  /** From here on a session can be told to run no event triggers, and transactions have a limit. */
  private static final int WITHOUT_EVENT_TRIGGERS = 17;

  private PostgresConnections() {}

  /**
   * Options of a superuser's session beside untrusted SQL, given at the start so that what a
   * migration has set for its database does not count: no operator or function of a migration's is
   * found by its name, no trigger of its runs, no library is asked for, none of its locks is waited
   * for without end, and no limit ends what waits for the migration.
   */
  static String beside(int major) {
    String options =
        "-c search_path=pg_catalog -c role=none -c default_transaction_read_only=off"
            + " -c session_replication_role=replica -c statement_timeout=0 -c lock_timeout=10s"
            + " -c idle_in_transaction_session_timeout=0 -c local_preload_libraries=";
    if (major >= WITH_IDLE_LIMIT) {
      options += " -c idle_session_timeout=0";
    }
    return major >= WITHOUT_EVENT_TRIGGERS
        ? options + " -c event_triggers=off -c transaction_timeout=0"
        : options;
  }

  /**
   * @param hostAndPort as in a JDBC URL
   * @param properties user, password and how to reach the server
   * @param queryMode {@code simple} to send statements as psql does, {@code extended} for prepared
   *     ones
   */
  static Connection open(
      String hostAndPort, String database, Properties properties, String queryMode)
      throws SQLException {
    properties.setProperty("preferQueryMode", queryMode);
    properties.putIfAbsent("ApplicationName", "drydock");
    properties.setProperty("assumeMinServerVersion", "13");
    properties.setProperty("gssEncMode", "disable");
    // A function may change it, which nothing sees before; the driver then follows.
    properties.setProperty("allowEncodingChanges", "true");
    // Rows of a query nobody reads are buffered by the driver: a migration could fill the heap with
    // them.
    properties.setProperty("maxResultBuffer", "32M");
    if (properties.containsKey("socketFactory")) {
      properties.setProperty("sslmode", "disable");
    }
    Connection connection =
        new Driver().connect("jdbc:postgresql://" + hostAndPort + "/" + database, properties);
    if (connection == null) {
      throw new SQLException("not a PostgreSQL address: " + hostAndPort);
    }
    return connection;
  }
}
