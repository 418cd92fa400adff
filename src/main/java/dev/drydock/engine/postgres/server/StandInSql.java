package dev.drydock.engine.postgres.server;

import dev.drydock.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL of a statement where the server has only a stand-in for what it uses, or was built
 * without it: without the options that only the real thing knows, which change nothing of what is
 * observed; and where the database has another name than in production.
 */
final class StandInSql {
  /**
   * The options that tune an index of pgvector ({@code m}, {@code ef_construction}, {@code lists}).
   */
  private static final Pattern TUNING =
      Pattern.compile(
          "\\bUSING\\s+\"?(?:hnsw|ivfflat)\\b.*\\)\\s*(WITH\\s*\\([^()]*\\))",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The options that make a hypertable of a table, and a continuous aggregate of a view. */
  private static final Pattern TIMESCALE =
      Pattern.compile(
          "\\b(WITH|SET)\\s*\\(\\s*(?:timescaledb|tsdb)\\.(?:[^()']++|'[^']*+')*+\\)",
          Pattern.CASE_INSENSITIVE);

  /** A continuous aggregate can be read before anything is in it, a plain view cannot. */
  private static final Pattern NO_DATA =
      Pattern.compile("\\bWITH\\s+NO\\s+DATA\\s*$", Pattern.CASE_INSENSITIVE);

  /** A way to compress values that a server may be built without. */
  private static final Pattern LZ4 =
      Pattern.compile("(compression\\s*(?:=|\\bto\\b)?\\s*'?)lz4\\b", Pattern.CASE_INSENSITIVE);

  /** A REINDEX of a whole database, which can only be the one that it runs in. */
  private static final Pattern REINDEX =
      Pattern.compile(
          "\\b(?:DATABASE|SYSTEM)\\s+(?:CONCURRENTLY\\s+)?(\"(?:[^\"]|\"\")++\"|[\\p{L}_][\\p{L}\\p{N}_$]*)\\s*",
          Pattern.CASE_INSENSITIVE);

  private StandInSql() {}

  /** The SQL that the server can run. */
  static String of(Statement statement, Connection connection) {
    String sql = statement.sql().sql();
    Matcher tuning = TUNING.matcher(sql);
    if (statement.syntax().command().equals("CREATE INDEX") && tuning.find()) {
      return isStandIn("vector", connection)
          ? sql.substring(0, tuning.start(1))
              + blank(tuning.group(1))
              + sql.substring(tuning.end(1))
          : sql;
    }
    if (statement.syntax().command().equals("SET")) {
      sql = DriverSettings.of(sql);
    }
    if (Hypertables.mayRefuse(statement) && isStandIn("timescaledb", connection)) {
      Optional<String> refusal = answer(Hypertables.refusal(statement), connection);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    if (statement.syntax().command().equals("REINDEX")) {
      return ofThisDatabase(sql, connection);
    }
    Matcher timescale = TIMESCALE.matcher(sql);
    if (timescale.find()) {
      return isStandIn("timescaledb", connection) ? withoutTimescale(statement, timescale) : sql;
    }
    Matcher lz4 = LZ4.matcher(sql);
    return lz4.find() && !hasLz4(connection) ? lz4.replaceAll("$1pglz") : sql;
  }

  private static String withoutTimescale(Statement statement, Matcher options) {
    String sql = options.replaceAll(StandInSql::plain);
    if (statement.syntax().command().equals("CREATE TABLE")) {
      return sql + Hypertables.label(statement.sql().sql());
    }
    return statement.syntax().command().equals("CREATE MATERIALIZED VIEW")
        ? NO_DATA.matcher(sql).replaceAll(end -> blank(end.group()))
        : sql;
  }

  /** In production the database has the name that the statement has to say before version 16. */
  private static String ofThisDatabase(String sql, Connection connection) {
    Matcher named = REINDEX.matcher(sql);
    boolean ends = named.find() && named.end() == sql.length();
    return ends && !named.group(1).equalsIgnoreCase("CONCURRENTLY")
        ? answer("select pg_catalog.quote_ident(pg_catalog.current_database())", connection)
            .map(name -> sql.substring(0, named.start(1)) + name)
            .orElse(sql)
        : sql;
  }

  /** Each character stays at its place where nothing has to be there. */
  private static String plain(MatchResult options) {
    return options.group(1).equalsIgnoreCase("WITH")
        ? blank(options.group())
        : "RESET (fillfactor)";
  }

  private static String blank(String text) {
    return " ".repeat(text.length());
  }

  private static boolean isStandIn(String extension, Connection connection) {
    return answer(
            "select extversion from pg_catalog.pg_extension where extname = '%s'"
                .formatted(extension),
            connection)
        .filter(version -> ExtensionStubs.isStub(extension, version))
        .isPresent();
  }

  private static boolean hasLz4(Connection connection) {
    return answer(
            "select 1 from pg_catalog.pg_settings"
                + " where name = 'default_toast_compression' and 'lz4' = any(enumvals)",
            connection)
        .isPresent();
  }

  private static Optional<String> answer(String query, Connection connection) {
    try (java.sql.Statement asking = connection.createStatement();
        ResultSet row = asking.executeQuery(query)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      // In a transaction that has failed; so will the statement.
      return Optional.empty();
    }
  }
}
