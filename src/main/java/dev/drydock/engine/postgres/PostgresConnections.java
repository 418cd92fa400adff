package dev.drydock.engine.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections with the driver settings Drydock relies on. */
final class PostgresConnections {
  private PostgresConnections() {}

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
    properties.setProperty("ApplicationName", "drydock");
    properties.setProperty("assumeMinServerVersion", "13");
    properties.setProperty("gssEncMode", "disable");
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
