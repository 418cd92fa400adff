package dev.drydock.history.layout;

import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What Flyway makes of the statements of a file, as far as transactions go. */
final class FlywayStatements {
  /** As PostgreSQLParser and SQLiteParser have it, {@code detectCanExecuteInTransaction}. */
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "(?i)(?:CREATE|DROP)\\s+(?:DATABASE|TABLESPACE|SUBSCRIPTION)\\b"
              + "|ALTER\\s+SYSTEM\\b"
              + "|(?:CREATE|DROP)\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\b"
              + "|REINDEX\\s+(?:VERBOSE\\s+)?(?:SCHEMA|DATABASE|SYSTEM)\\b"
              + "|VACUUM\\b"
              + "|DISCARD\\s+ALL\\b"
              + "|PRAGMA\\s+FOREIGN_KEYS\\b");

  /** What waits until no snapshot is held that is older than its own. */
  private static final Pattern WAITS =
      Pattern.compile(
          "(?i)CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\b|REINDEX\\b.*\\bCONCURRENTLY\\b",
          Pattern.DOTALL);

  private static final String MIXED =
      "Flyway stops before it runs any of it, for it has statements that cannot run in a transaction and others that can: that takes a file for each kind, `executeInTransaction=false` in a file of its name and `.conf`, or the setting `mixed`.";

  /**
   * The last query of the other connection has not been closed, so that its snapshot is kept: seen
   * with Flyway 11.8 and PostgreSQL 17.
   */
  private static final String HANGS =
      "It builds an index `CONCURRENTLY`, which waits for all older snapshots, and Flyway 9.1.2 and newer keep one in the transaction that holds their lock until it is done: both wait without end, unless flyway.postgresql.transactional.lock is false.";

  private FlywayStatements() {}

  /** Whether Flyway opens no transaction for a file unless it is told to. */
  static boolean wantNone(String text) {
    return SqlText.statements(text).stream().anyMatch(begins(OUTSIDE));
  }

  /**
   * What keeps Flyway from getting a file done.
   *
   * @param told whether the file has been given a transaction, or none, by name
   */
  static Optional<Obstacle> obstacle(
      SourceFile file,
      Transaction transaction,
      boolean told,
      Settings settings,
      Surroundings around) {
    if (transaction == Transaction.PER_MIGRATION) {
      return Optional.empty();
    }
    List<SqlText.Bare> statements = SqlText.statements(file.text());
    boolean mayMix =
        told
            || !settings.flag("flyway.executeInTransaction").orElse(true)
            || settings.flag("flyway.mixed").orElse(false);
    if (!mayMix && !statements.stream().allMatch(begins(OUTSIDE))) {
      return first(statements, OUTSIDE).map(at -> new Obstacle(MIXED, at.start()));
    }
    return first(statements, WAITS)
        .filter(waits -> FlywayLock.mayBeInTransaction(settings, around))
        .map(at -> new Obstacle(HANGS, at.start()));
  }

  private static Optional<SqlText.Bare> first(List<SqlText.Bare> statements, Pattern words) {
    return statements.stream().filter(begins(words)).findFirst();
  }

  private static Predicate<SqlText.Bare> begins(Pattern words) {
    return statement -> words.matcher(statement.bare()).lookingAt();
  }
}
