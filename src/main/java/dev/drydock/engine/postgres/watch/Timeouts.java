package dev.drydock.engine.postgres.watch;

import dev.drydock.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Limits that a migration sets its session. {@code drydock.lift_timeouts()} raises the short ones,
 * so that none of them ends a statement or a question of the replay.
 */
final class Timeouts {
  /** Raises them until the transaction ends. */
  static final String LIFT_HERE = "call drydock.lift_timeouts(true); ";

  /** Raises them until they are set again. */
  static final String LIFT = "call drydock.lift_timeouts(false); ";

  private static final long LIFTED_BY = 1_000_000_000;
  private static final long LONGEST_LIFTED = 60_000;
  private static final Pattern WORD = Pattern.compile("timeout", Pattern.CASE_INSENSITIVE);
  private static final Pattern VALUE = Pattern.compile("(\\d+)(ms|s|min)");

  private Timeouts() {}

  /** Whether a migration of these statements may set such a limit. */
  static boolean mayBeSet(List<Statement> statements) {
    return statements.stream().anyMatch(statement -> WORD.matcher(statement.text()).find());
  }

  /**
   * What the migration set, as the server would show it.
   *
   * @param value as the server shows it now, e.g. {@code 5s}
   */
  static String meant(String value) {
    Matcher parts = VALUE.matcher(value);
    if (!parts.matches()) {
      return value;
    }
    long number = Long.parseLong(parts.group(1));
    long millis =
        switch (parts.group(2)) {
          case "min" -> number * 60_000;
          case "s" -> number * 1_000;
          default -> number;
        };
    long before = millis - LIFTED_BY;
    if (before <= 0 || before >= LONGEST_LIFTED) {
      return value;
    }
    return before % 1_000 == 0 ? before / 1_000 + "s" : before + "ms";
  }
}
