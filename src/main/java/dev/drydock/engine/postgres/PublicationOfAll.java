package dev.drydock.engine.postgres;

import dev.drydock.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code CREATE PUBLICATION … FOR ALL TABLES}, or of all in some schemas, without a superuser's
 * rights: an empty one by the server, and what is in it by the observer.
 */
final class PublicationOfAll {
  private static final String NAME = "(?:\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";

  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?<creation>CREATE\\s+PUBLICATION\\s+(?<name>"
              + NAME
              + "))\\s+FOR\\s+(?:ALL\\s+TABLES\\b|TABLES\\s+IN\\s+SCHEMA\\s+(?<schemas>(?!CURRENT_SCHEMA\\b)"
              + NAME
              + "(?:\\s*,\\s*(?!CURRENT_SCHEMA\\b|TABLES?\\s)"
              + NAME
              + ")*+))(?<options>\\s*(?:WITH\\s*\\([^()]*\\))?)\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ONE = Pattern.compile(NAME);

  private PublicationOfAll() {}

  /** What does the same as {@code statement}; nothing when it is another. */
  static Optional<String> of(Statement statement) {
    Matcher matcher = STATEMENT.matcher(statement.sql().sql());
    if (statement.kind() != Statement.Kind.SQL || !matcher.matches()) {
      return Optional.empty();
    }
    String name = literal(matcher.group("name"));
    String schemas = matcher.group("schemas");
    return Optional.of(
        "%s%s; select drydock.%s"
            .formatted(
                matcher.group("creation"),
                matcher.group("options"),
                schemas == null
                    ? "publish_all_tables(%s)".formatted(name)
                    : "publish_schemas(%s, array[%s])"
                        .formatted(
                            name,
                            ONE.matcher(schemas)
                                .results()
                                .map(one -> literal(one.group()))
                                .collect(Collectors.joining(", ")))));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
