package dev.drydock.engine.postgres.watch;

import dev.drydock.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement that no transaction may hold comes to inside one: {@code CONCURRENTLY} decides
 * who can work meanwhile, and without it the same index is there, or gone, in the end; a partition
 * is detached without the check that it would keep of its bounds.
 */
public final class InnerTransaction {
  private static final Pattern CONCURRENTLY =
      Pattern.compile(
          "^((?:create(?:\\s+unique)?|drop)\\s+index\\s+)concurrently\\b"
              + "|^(alter\\s+table\\b.*\\bdetach\\s+partition\\b.*)\\bconcurrently\\s*$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private InnerTransaction() {}

  /** The same without {@code CONCURRENTLY}; nothing when there is no such thing to take away. */
  public static Optional<String> of(Statement statement) {
    Matcher matcher = CONCURRENTLY.matcher(statement.sql().sql());
    return matcher.find() ? Optional.of(matcher.replaceFirst("$1$2")) : Optional.empty();
  }
}
