package dev.drydock.engine.postgres;

import dev.drydock.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code CREATE PUBLICATION … FOR ALL TABLES} without a superuser's rights: an empty one by the
 * server, and that all tables are in it by the observer.
 */
final class PublicationOfAll {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(CREATE\\s+PUBLICATION\\s+(\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*))\\s+FOR\\s+ALL\\s+TABLES\\b(\\s*(?:WITH\\s*\\([^()]*\\))?)\\s*",
          Pattern.CASE_INSENSITIVE);

  private PublicationOfAll() {}

  /** What does the same as {@code statement}; nothing when it is another. */
  static Optional<String> of(Statement statement) {
    Matcher matcher = STATEMENT.matcher(statement.sql().sql());
    return statement.kind() != Statement.Kind.SQL || !matcher.matches()
        ? Optional.empty()
        : Optional.of(
            "%s%s; select drydock.publish_all_tables('%s')"
                .formatted(
                    matcher.group(1), matcher.group(3), matcher.group(2).replace("'", "''")));
  }
}
