package dev.drydock.engine.postgres;

import dev.drydock.source.PostgresLexer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An extension that SQL says it installs.
 *
 * @param ifMissing whether one that is there already is as good
 * @param schema where it is put, when the statement says so
 */
record CreatedExtension(String name, boolean ifMissing, Optional<String> schema) {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\bcreate\\s+extension\\s+(if\\s+not\\s+exists\\s+)?\"?([\\w-]+)\"?(?:[^;]*?\\bschema\\s+(\"[^\"]+\"|[\\w$]+))?",
          Pattern.CASE_INSENSITIVE);

  /** All of them, in their order. */
  static List<CreatedExtension> in(String sql) {
    return STATEMENT
        .matcher(PostgresLexer.withoutComments(sql))
        .results()
        .map(
            found ->
                new CreatedExtension(
                    found.group(2), found.group(1) != null, Optional.ofNullable(found.group(3))))
        .toList();
  }

  /** The first of that name. */
  static Optional<CreatedExtension> in(String sql, String name) {
    return in(sql).stream().filter(created -> created.name.equalsIgnoreCase(name)).findFirst();
  }
}
