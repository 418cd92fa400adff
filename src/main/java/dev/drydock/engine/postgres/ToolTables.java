package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables a migration tool keeps its books in, which a setting may put in another schema. */
final class ToolTables {
  private static final Pattern MADE =
      Pattern.compile("(?i)\\bcreate\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?((?:\\w+\\.)?(\\w+))");

  private static final Pattern MISSING =
      Pattern.compile("relation \"(?:([^\".]+)\\.)?([^\".]+)\" does not exist");

  /** Of tools whose files look like another's: go-pg's migrations like Bun's. */
  private static final Map<String, String> OTHERS =
      Map.of("gopg_migrations", "(id serial, version bigint, created_at timestamptz)");

  /** As the tool names them, by the last part of their names. */
  private final Map<String, String> made = new TreeMap<>();

  /**
   * @param prelude what the tool runs before its first migration
   */
  ToolTables(String prelude) {
    Matcher tables = MADE.matcher(prelude);
    while (tables.find()) {
      made.put(tables.group(2).toLowerCase(Locale.ROOT), tables.group(1));
    }
  }

  /**
   * Such a table where it was looked for.
   *
   * @param sql makes it, and its schema where that is not there
   */
  record Sought(String name, String sql) {}

  /**
   * The table that was not found, where it is one of these.
   *
   * @param message the server's
   */
  Optional<Sought> missing(String message) {
    Matcher missing = MISSING.matcher(message);
    if (!missing.find()) {
      return Optional.empty();
    }
    String table = missing.group(2);
    String columns =
        made.containsKey(table)
            ? "(like %s including all)".formatted(made.get(table))
            : OTHERS.getOrDefault(table, "");
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    String schema = missing.group(1);
    String quoted = Quoted.name(table);
    return Optional.of(
        schema == null
            ? new Sought(table, "create table %s %s".formatted(quoted, columns))
            : new Sought(
                schema + "." + table,
                "create schema if not exists %1$s; create table %1$s.%2$s %3$s"
                    .formatted(Quoted.name(schema), quoted, columns)));
  }
}
