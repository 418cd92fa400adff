package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Query;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.source.PostgresLexer;
import dev.drydock.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user can do where a name is looked for in other schemas than in production. */
final class PathRemedies {
  private static final Pattern IN_SCHEMA =
      Pattern.compile("^(?:relation|type) \"([^\".]+)\\.([^\".]+)\" does not exist");

  /** The server gives a name with its schema when the statement did. */
  private static final Pattern UNQUALIFIED =
      Pattern.compile(
          "^(?:relation|type) \"([^\".]+)\" does not exist|^function ([\\w$]+)\\(.*\\) does not exist");

  private static final String MISSING_COLUMN = "42703";

  /** What a migration makes in a schema that it names, or that a placeholder names. */
  private static final String MADE =
      "\\bcreate\\s+(?:[a-z]+\\s+){0,3}?(?:table|view|type|domain|sequence|function|procedure)\\s+"
          + "(?:if\\s+not\\s+exists\\s+)?(\"[^\"]+\"|[\\w$]+|\\$\\{[^}\\s]+})\\s*\\.\\s*\"?%s(?![\\w$])";

  /** How the server says that it was in a function of a user's. */
  private static final Pattern IN_FUNCTION =
      Pattern.compile("^(?:SQL|PL/pgSQL) function ", Pattern.MULTILINE);

  private static final Pattern MAINTENANCE =
      Pattern.compile(
          "(?:CREATE|REFRESH) MATERIALIZED VIEW|CREATE INDEX|REINDEX|CLUSTER|VACUUM|ANALYZE");

  private static final Pattern TEMPLATE =
      Pattern.compile("(?i)\\bsearch_path\\b[^;]*(?:\\{\\{|<%|\\$\\{|\\{%)");

  /** The version from which on maintenance has a search_path of its own. */
  private static final int FORGETS = 17;

  private PathRemedies() {}

  /** A search_path without a schema that is there, such as one that a template fills in. */
  static Optional<String> leadsNowhere(ServerError error, Statement statement) {
    if (!error.message().startsWith("no schema has been selected")) {
      return Optional.empty();
    }
    return Optional.of(
        TEMPLATE.matcher(statement.before()).find()
            ? "the migration is a template that its tool fills in, its search_path too: "
                + NotSql.RENDER
            : "no schema on the search_path is there: when something else than the migrations makes it, do so in a"
                + " file under `before:` in .drydock.yml (`create schema …`)");
  }

  /** Since PostgreSQL 17 what maintenance calls finds nothing by its bare name. */
  static Optional<String> inMaintenance(
      ServerError error, Statement statement, SQLException failure, int major) {
    boolean forgotten =
        major >= FORGETS
            && UNQUALIFIED.matcher(error.message()).find()
            && MAINTENANCE.matcher(statement.syntax().command()).lookingAt()
            && IN_FUNCTION.matcher(ServerError.context(failure)).find();
    return forgotten
        ? Optional.of(
            ("PostgreSQL %d and newer look for the names in a function that an index or a materialized view calls"
                    + " in pg_catalog alone: where production is older, replay on its version"
                    + " (`engine: postgresql@%d` in .drydock.yml); else name the schema in the function, or give the"
                    + " function a search_path (SET search_path = …)")
                .formatted(FORGETS, FORGETS - 1))
        : Optional.empty();
  }

  /** A table or type that is asked of another schema than the one it was made in. */
  static Optional<String> madeInPublic(ServerError error, Connection connection)
      throws SQLException {
    Matcher asked = IN_SCHEMA.matcher(error.message());
    if (!asked.find()) {
      return Optional.empty();
    }
    return Query.value(
            connection,
            """
            select quote_ident(?) where
              exists (select from pg_class where relnamespace = 'public'::regnamespace and relname = ?)
              or exists (select from pg_type where typnamespace = 'public'::regnamespace and typname = ?)""",
            asked.group(1),
            asked.group(2),
            asked.group(2))
        .map(
            ("it is there in the schema public: when the address of the database or a setting of the tool puts"
                    + " what the migrations make into %1$s (as `?schema=` of Prisma does), do the same in a"
                    + " file under `before:` in .drydock.yml (`create schema if not exists %1$s;"
                    + " alter role current_user set search_path = %1$s`)")
                ::formatted);
  }

  /**
   * A table, type or function that a schema has which is not on the path.
   *
   * @param sql the migration up to the statement that failed
   */
  static Optional<String> outOfSight(ServerError error, String sql, Connection connection)
      throws SQLException {
    Matcher missing = UNQUALIFIED.matcher(error.message());
    if (!missing.find()) {
      return Optional.empty();
    }
    String relation = missing.group(1);
    String function = missing.group(2);
    return standing(error, relation, function, connection)
        .or(() -> madeBefore(relation == null ? function : relation, sql))
        .map(
            ("it is there in the schema %1$s, which is not on the search_path: when something else than the"
                    + " migrations sets that, do so in a file under `before:` in .drydock.yml"
                    + " (`alter role current_user set search_path = %1$s, public`)")
                ::formatted);
  }

  /** The schema that has it now. */
  private static Optional<String> standing(
      ServerError error, String relation, String function, Connection connection)
      throws SQLException {
    // The relation whose column is missing has been found.
    if (error.state().equals(MISSING_COLUMN)) {
      return Optional.empty();
    }
    return Query.value(
        connection,
        """
        select quote_ident(n.nspname) from pg_namespace n
        where n.nspname !~ '^pg_' and n.nspname not in ('public', 'information_schema')
          and (exists (select from pg_class c where c.relnamespace = n.oid and c.relname = ?)
            or exists (select from pg_type t where t.typnamespace = n.oid and t.typname = ?)
            or exists (select from pg_proc p where p.pronamespace = n.oid and p.proname = ?))
        order by n.nspname limit 1""",
        relation,
        relation,
        function);
  }

  /** The schema that the migration itself put it into: it went with its transaction. */
  private static Optional<String> madeBefore(String name, String sql) {
    return Pattern.compile(MADE.formatted(Pattern.quote(name)), Pattern.CASE_INSENSITIVE)
        .matcher(PostgresLexer.withoutComments(sql))
        .results()
        .map(made -> made.group(1))
        .filter(schema -> !schema.equalsIgnoreCase("public"))
        .findFirst();
  }
}
