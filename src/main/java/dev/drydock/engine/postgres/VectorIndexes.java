package dev.drydock.engine.postgres;

import dev.drydock.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Indexes of pgvector where a stand-in took its place: its access methods are there by name, and
 * not the options that tune them ({@code m}, {@code ef_construction}, {@code lists}).
 */
final class VectorIndexes {
  private static final String EXTENSION = "vector";
  private static final Pattern OPTIONS =
      Pattern.compile(
          "\\bUSING\\s+\"?(?:hnsw|ivfflat)\\b.*\\)\\s*(WITH\\s*\\([^()]*\\))",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private VectorIndexes() {}

  /** The SQL that a server can run, each character at its place. */
  static String withoutOptions(Statement statement, Connection connection) {
    String sql = statement.sql().sql();
    if (!statement.syntax().command().equals("CREATE INDEX")) {
      return sql;
    }
    Matcher options = OPTIONS.matcher(sql);
    return options.find() && isStandIn(connection)
        ? sql.substring(0, options.start(1))
            + " ".repeat(options.group(1).length())
            + sql.substring(options.end(1))
        : sql;
  }

  private static boolean isStandIn(Connection connection) {
    try (java.sql.Statement query = connection.createStatement();
        ResultSet version =
            query.executeQuery(
                "select extversion from pg_catalog.pg_extension where extname = '%s'"
                    .formatted(EXTENSION))) {
      return version.next() && ExtensionStubs.isStub(EXTENSION, version.getString(1));
    } catch (SQLException e) {
      // In a transaction that has failed; so will the statement.
      return false;
    }
  }
}
