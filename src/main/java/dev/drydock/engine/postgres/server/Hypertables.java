package dev.drydock.engine.postgres.server;

import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What TimescaleDB makes of statements about a hypertable, where only its stand-in is there. */
final class Hypertables {
  private static final Set<String> WITHOUT_CONCURRENTLY = Set.of("CREATE INDEX", "REINDEX");

  /** The table that is made and the option by which it becomes a hypertable. */
  private static final Pattern MADE =
      Pattern.compile(
          "\\bCREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?((?:\"[^\"]+\"|[\\p{L}\\p{N}_$]+)"
              + "(?:\\.(?:\"[^\"]+\"|[\\p{L}\\p{N}_$]+))?).*\\b(?:timescaledb|tsdb)\\.hypertable\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Hypertables() {}

  /** Whether TimescaleDB refuses such a statement about a hypertable. */
  static boolean mayRefuse(Statement statement) {
    Syntax syntax = statement.syntax();
    return (syntax.has(Syntax.Flag.CONCURRENTLY) && WITHOUT_CONCURRENTLY.contains(syntax.command()))
        || syntax.has(Syntax.Flag.USING_INDEX);
  }

  /**
   * A query for the SQL that fails as the statement would; no row where it is about no hypertable.
   */
  static String refusal(Statement statement) {
    String names =
        Stream.of("relation", "index", "table")
            .flatMap(kind -> statement.syntax().names(kind).stream())
            .map(name -> "'" + name.replace("'", "''") + "'")
            .collect(Collectors.joining(", ", "(", ")"));
    return """
        select $text$do $$ begin raise exception using errcode = 'feature_not_supported', message = '%s'; end $$$text$
        from pg_catalog.pg_seclabel l
          join pg_catalog.pg_class t on t.oid = l.objoid
          left join pg_catalog.pg_index x on x.indrelid = t.oid
          left join pg_catalog.pg_class i on i.oid = x.indexrelid
        where l.provider = 'timescaledb' and l.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
          and (t.relname in %2$s or i.relname in %2$s)
        limit 1"""
        .formatted(message(statement.syntax()), names.equals("()") ? "(null)" : names);
  }

  /** In the words of TimescaleDB. */
  private static String message(Syntax syntax) {
    if (syntax.has(Syntax.Flag.USING_INDEX)) {
      return "hypertables do not support adding a constraint using an existing index";
    }
    return syntax.command().equals("REINDEX")
        ? "concurrent index creation on hypertables is not supported"
        : "hypertables do not support concurrent index creation";
  }

  /** SQL that has the table known as a hypertable once it is made; empty where it is none. */
  static String label(String sql) {
    Matcher made = MADE.matcher(sql);
    return made.find()
        ? ";\nselect _timescaledb_internal.label(pg_catalog.to_regclass('%s'))"
            .formatted(made.group(1).replace("'", "''"))
        : "";
  }
}
