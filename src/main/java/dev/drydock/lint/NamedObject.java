package dev.drydock.lint;

import dev.drydock.source.PostgresLexer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object that a server speaks of in an error.
 *
 * @param kinds the words for what it may be, as alternatives of a pattern
 * @param schema a pattern for what stands before its name where it is made
 */
record NamedObject(String kinds, String schema, String name) {
  /** What the server does not find, by its last name. */
  private static final Pattern MISSING =
      Pattern.compile(
          // What is "of" a relation is missing from one that is there.
          "(?<!\\bof )(?:(?<kind>relation|table|type|schema) \"(?:(?<schema>[^\".]+)\\.)?(?<name>[^\".]+)\"|function (?:(?<home>\\w+)\\.)?(?<function>\\w+)\\(.*\\)) does not exist");

  private static final Pattern THERE =
      Pattern.compile("(?<kind>relation|type|schema|function) \"(?<name>[^\"]+)\" already exists");

  private static final String KINDS = "table|view|type|domain|function";
  private static final String ANY_SCHEMA = "(?:(?:\"[^\"]+\"|[\\w$]+)\\s*\\.\\s*)?";

  /** What the message says does not exist. */
  static Optional<NamedObject> missing(String message) {
    Matcher missing = MISSING.matcher(message);
    if (!missing.find()) {
      return Optional.empty();
    }
    boolean function = missing.group("function") != null;
    return Optional.of(
        new NamedObject(
            kinds(missing.group("kind")),
            within(missing.group(function ? "home" : "schema")),
            missing.group(function ? "function" : "name")));
  }

  /** What the message says exists already; the server does not say in which schema. */
  static Optional<NamedObject> there(String message) {
    Matcher there = THERE.matcher(message);
    return there.find()
        ? Optional.of(new NamedObject(kinds(there.group("kind")), ANY_SCHEMA, there.group("name")))
        : Optional.empty();
  }

  private static String kinds(String kind) {
    return "schema".equals(kind) ? "schema" : KINDS;
  }

  /** A bare name is taken for one in public, and makes nothing in another schema. */
  private static String within(String schema) {
    boolean bare = schema == null || schema.equals("public");
    return "(?:\"?%s\"?\\s*\\.\\s*)%s"
        .formatted(bare ? "public" : Pattern.quote(schema), bare ? "?" : "");
  }

  /** Whether {@code sql} has a statement that makes it. */
  boolean isMadeBy(String sql) {
    return isIn(
        sql,
        "create\\s+(?:or\\s+replace\\s+)?(?:unlogged\\s+|materialized\\s+)?(?:%s)\\s+(?:if\\s+not\\s+exists\\s+)?");
  }

  /** Whether {@code sql} drops it, and fails where it is not there. */
  boolean isNeededBy(String sql) {
    return isIn(sql, "drop\\s+(?:materialized\\s+)?(?:%s)\\s+");
  }

  private boolean isIn(String sql, String command) {
    return Pattern.compile(
            "\\b"
                + command.formatted(kinds)
                + schema
                + "(?:\"%1$s\"|%1$s(?![\\w$\"]))".formatted(Pattern.quote(name))
                // A name with a dot after it is the schema of what is made.
                + "(?!\\s*\\.)",
            Pattern.CASE_INSENSITIVE)
        .matcher(PostgresLexer.withoutComments(sql))
        .find();
  }
}
