package dev.drydock.engine.postgres.watch;

import dev.drydock.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DISABLE and ENABLE TRIGGER ALL without a superuser's rights: the user's triggers by the server,
 * the server's own, which keep foreign keys, by the observer.
 */
public final class TriggerSwitch {
  private static final String NAME = "(?:\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(ALTER\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?(?:ONLY\\s+)?("
              + NAME
              + "(?:\\s*\\.\\s*"
              + NAME
              + ")?)\\s+(ENABLE|DISABLE)\\s+TRIGGER\\s+)ALL\\s*",
          Pattern.CASE_INSENSITIVE);

  private TriggerSwitch() {}

  /** What does the same as {@code statement}; nothing when it is another. */
  public static Optional<String> of(Statement statement) {
    Matcher matcher = STATEMENT.matcher(statement.sql().sql());
    if (statement.kind() != Statement.Kind.SQL || !matcher.matches()) {
      return Optional.empty();
    }
    String state = matcher.group(3).toUpperCase(Locale.ROOT).equals("DISABLE") ? "D" : "O";
    return Optional.of(
        "%sUSER; select drydock.switch_triggers('%s'::pg_catalog.regclass, '%s')"
            .formatted(matcher.group(1), matcher.group(2).replace("'", "''"), state));
  }
}
