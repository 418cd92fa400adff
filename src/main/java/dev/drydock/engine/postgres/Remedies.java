package dev.drydock.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user can do about an applied migration that does not replay. */
final class Remedies {
  /**
   * What text/template, Jinja, Handlebars and ERB put between SQL, and names like {@code :SCHEMA}.
   */
  private static final Pattern TEMPLATE =
      Pattern.compile("\\{\\{.*?\\}\\}|\\{%.*?%\\}|<%.*?%>|(?<!:):[A-Z_]{3,}\\b", Pattern.DOTALL);

  /** The server gives a name with its schema when the statement did. */
  private static final Pattern UNQUALIFIED =
      Pattern.compile("(?:relation|type) \"([^\".]+)\" does not exist");

  private Remedies() {}

  /**
   * @param schema the schema in which a missing object is there all the same, if one is
   */
  static String forApplied(ServerError error, String sql, Optional<String> schema) {
    return schema
        .map(
            ("it is there in the schema %1$s, which is not on the search_path: when something else than the"
                    + " migrations sets that, do so in a file under `before:` in .drydock.yml"
                    + " (alter role current_user set search_path = %1$s, public)")
                ::formatted)
        .orElseGet(() -> forApplied(error, sql));
  }

  /** The schema that has what the server did not find under its bare name. */
  static Optional<String> schemaOf(ServerError error, Connection connection) throws SQLException {
    Matcher missing = UNQUALIFIED.matcher(error.message());
    if (!missing.find()) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select quote_ident(n.nspname) from pg_namespace n
            where n.nspname !~ '^pg_' and n.nspname not in ('public', 'information_schema')
              and (exists (select from pg_class c where c.relnamespace = n.oid and c.relname = ?)
                or exists (select from pg_type t where t.typnamespace = n.oid and t.typname = ?))
            order by n.nspname limit 1""")) {
      query.setString(1, missing.group(1));
      query.setString(2, missing.group(1));
      try (ResultSet schemas = query.executeQuery()) {
        return schemas.next() ? Optional.of(schemas.getString(1)) : Optional.empty();
      }
    }
  }

  /**
   * @param sql the statement that failed
   */
  private static String forApplied(ServerError error, String sql) {
    return switch (error.state()) {
      case "0A000", "58P01" ->
          error.message().contains("extension")
              ? "replay on a server that has the extension: --database postgresql://…"
              : "choose the PostgreSQL version that production has: engine: postgresql@<major> in .drydock.yml";
      case "42703" ->
          "a column is missing that the migrations before this one do not make: when it was made by hand,"
              + " replay a dump of production's schema in their place (drydock lint PENDING --applied schema.sql)";
      case "42P01", "42704", "42883", "3F000" ->
          "an object is missing that the migrations before this one do not make: when code or a tool makes it,"
              + " give its SQL with `before:` in .drydock.yml, or with --applied FILE";
      case "57014" -> "raise limits.run or limits.disk in .drydock.yml";
      case "42601" ->
          TEMPLATE.matcher(sql).find()
              ? "it is a template that its tool fills in: render the migrations, and lint what comes out"
                  + " (drydock lint PENDING --applied DIR)"
              : "check the dialect and the PostgreSQL version (engine: postgresql@<major> in .drydock.yml); what"
                  + " only psql can run has to be left out";
      default ->
          "production has run it, so the replay differs from production: check the PostgreSQL version"
              + " (engine: postgresql@<major>), and that no migration before this one was edited or left out";
    };
  }
}
