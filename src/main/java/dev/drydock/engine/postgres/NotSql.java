package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.sql.PsqlCommand;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement that the server cannot parse: what it looks like, and what to do about it. */
final class NotSql {
  static final String SYNTAX_ERROR = "42601";

  /** What text/template, Jinja, Handlebars and ERB put between SQL: how it opens and closes. */
  private static final Map<String, String> FILLED_IN = Map.of("{{", "}}", "{%", "%}", "<%", "%>");

  /** Names like {@code :SCHEMA}, and a comment in the place of a schema. */
  private static final Pattern TEMPLATE =
      Pattern.compile(
          "(?<!:):(?-i:[A-Z_]{3,})\\b|\\b(?:on|from|into|update|table)\\s+/\\*[^*]*\\*/\\s*\\.",
          Pattern.CASE_INSENSITIVE);

  /** What programs format strings with; in SQL a brace stands in strings alone. */
  private static final Pattern FORMAT = Pattern.compile("\\{\\w*}");

  private static final Pattern CONFLICT = Pattern.compile("(?m)^(?:<{7}|>{7}) \\S");

  private static final Pattern PSQL_VARIABLE = Pattern.compile("(?<![:\\w]):[\"']?[a-z_]");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.-]+)}");

  private static final Pattern NEAR = Pattern.compile("^syntax error at or near \"([A-Za-z_]+)\"$");

  /** Words that may name a function or a parameter no more, by the version that took them. */
  private static final Map<String, Integer> TAKEN =
      Map.ofEntries(
          Map.entry("system_user", 16),
          Map.entry("json_array", 16),
          Map.entry("json_arrayagg", 16),
          Map.entry("json_object", 16),
          Map.entry("json_objectagg", 16),
          Map.entry("json", 17),
          Map.entry("json_exists", 17),
          Map.entry("json_query", 17),
          Map.entry("json_scalar", 17),
          Map.entry("json_serialize", 17),
          Map.entry("json_table", 17),
          Map.entry("json_value", 17),
          Map.entry("merge_action", 17));

  static final String RENDER =
      "render the migrations, and lint what comes out (drydock lint PENDING --applied DIR)";

  private NotSql() {}

  /** What a statement that is not SQL looks like, as a sentence; empty for one that does not. */
  static String hint(ServerError error, String sql) {
    if (isConflict(error, sql)) {
      return "It has the marks of a merge that was not finished: choose what is to stand there, and take them out.";
    }
    if (isPsqlVariable(error, sql)) {
      return "When it is a variable of psql, give it a value under `placeholders:` in .drydock.yml, a colon before its name.";
    }
    Optional<String> unfilled = unfilled(error, sql);
    if (unfilled.isPresent()) {
      return "When the tool fills in %1$s, give %1$s a value under `placeholders:` in .drydock.yml."
          .formatted(unfilled.get());
    }
    if (isTemplate(error, sql)) {
      return "It looks like a template that its tool fills in: " + RENDER + ".";
    }
    return taken(error)
        .map(
            word ->
                "PostgreSQL %d and newer have %s for a word of their own: as the name of a function, a parameter or a column of RETURNS TABLE it needs quotes."
                    .formatted(TAKEN.get(word), word))
        .orElse("");
  }

  /** Whether it looks like text that something fills in before it is sent. */
  static boolean isUnfilled(ServerError error, String sql) {
    return !isConflict(error, sql)
        && (isPsqlVariable(error, sql)
            || unfilled(error, sql).isPresent()
            || isTemplate(error, sql));
  }

  private static boolean isConflict(ServerError error, String sql) {
    return error.state().equals(SYNTAX_ERROR) && CONFLICT.matcher(sql).find();
  }

  /** A colon before a name in small letters; what templates have is in capitals. */
  private static boolean isPsqlVariable(ServerError error, String sql) {
    return error.message().equals("syntax error at or near \":\"")
        && PSQL_VARIABLE.matcher(sql).find();
  }

  private static boolean isTemplate(ServerError error, String sql) {
    return error.state().equals(SYNTAX_ERROR)
        && (FILLED_IN.entrySet().stream().anyMatch(e -> holds(sql, e.getKey(), e.getValue()))
            || TEMPLATE.matcher(sql).find()
            || error.position().stream()
                .filter(place -> place < sql.length())
                .anyMatch(place -> FORMAT.matcher(sql).region(place, sql.length()).lookingAt()));
  }

  private static boolean holds(String sql, String opening, String closing) {
    int start = sql.indexOf(opening);
    return start >= 0 && sql.indexOf(closing, start + opening.length()) >= 0;
  }

  /** What to do about one of an applied migration. */
  static String remedy(ServerError error, String sql) {
    if (sql.startsWith("\\")) {
      return PsqlCommand.remedy(sql);
    }
    if (isPsqlVariable(error, sql)) {
      return "when it is a variable of psql, give it a value under `placeholders:` in .drydock.yml, a colon before its name";
    }
    if (isConflict(error, sql)) {
      return "it has the marks of a merge that was not finished: choose what is to stand there, and take them out";
    }
    Optional<String> unfilled = unfilled(error, sql);
    if (unfilled.isPresent()) {
      return "when the tool fills in %1$s, give %1$s a value under `placeholders:` in .drydock.yml"
          .formatted(unfilled.get());
    }
    if (isTemplate(error, sql)) {
      return "it is a template that its tool fills in: " + RENDER;
    }
    return taken(error)
        .map(
            word ->
                "PostgreSQL %d and newer have %s for a word of their own: when it is the name of a function, a parameter or a column of RETURNS TABLE here, replay on the version that production has (`engine: postgresql@%d` in .drydock.yml)"
                    .formatted(TAKEN.get(word), word, TAKEN.get(word) - 1))
        .orElse(
            "check the dialect and the PostgreSQL version (engine: postgresql@<major> in .drydock.yml)");
  }

  /** A dollar stands in SQL before digits and around names, never before a brace. */
  private static Optional<String> unfilled(ServerError error, String sql) {
    return Optional.of(PLACEHOLDER.matcher(sql))
        .filter(any -> error.message().equals("syntax error at or near \"$\""))
        .filter(Matcher::find)
        .map(Matcher::group);
  }

  private static Optional<String> taken(ServerError error) {
    return Optional.of(NEAR.matcher(error.message()))
        .filter(near -> error.state().equals(SYNTAX_ERROR) && near.matches())
        .map(near -> near.group(1).toLowerCase(Locale.ROOT))
        .filter(TAKEN::containsKey);
  }
}
