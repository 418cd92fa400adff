package dev.drydock.history.layout;

import dev.drydock.history.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The preconditions of a changeset in SQL, as Liquibase's FormattedSqlChangeLogParser has them. */
final class SqlChecks {
  private static final Pattern ON_FAIL = Pattern.compile("(?i)\\bonFail:\"?(\\w+)");

  /** With others, what does not hold stops the deployment or is of no consequence. */
  private static final Set<String> PASSES_OVER = Set.of("MARK_RAN", "CONTINUE");

  private static final Pattern SQL_CHECK =
      Pattern.compile(
          "(?i)-sql-check\\s+expectedResult:(?:(\\w+)|'([^']+)'|\"([^\"]+)\")\\s+(select\\b[^;]*?)\\s*;?\\s*");

  private static final Pattern EXISTS =
      Pattern.compile("(?i)-(table|view)-exists\\s+(?:.*\\s)?\\1:\"?([\\w$]+)\"?(?:\\s.*)?");

  private static final Pattern SCHEMA = Pattern.compile("(?i)\\bschema:\"?([\\w$]+)");

  /** What is read from; a list of several is not looked into. */
  private static final Pattern READ =
      Pattern.compile("(?i)\\b(?:from|join)\\s+([\\w.\"]+)(?=(?:\\s+(?:as\\s+)?\\w+)?\\s*(,?))");

  /** What production has of it is what migrations have made. */
  private static final Pattern OF_CATALOG =
      Pattern.compile("(?i)(?:information_schema|pg_catalog)\\.\\w+|pg_(?!stat)\\w+");

  private final List<Precondition> checks = new ArrayList<>();
  private boolean passesOver;

  /**
   * Reads a line.
   *
   * @param text what follows its first word, which is {@code precondition} or {@code preconditions}
   */
  void read(String text) {
    Matcher onFail = ON_FAIL.matcher(text);
    if (!text.startsWith("-")) {
      passesOver = onFail.find() && PASSES_OVER.contains(onFail.group(1));
    } else {
      sqlCheck(text).or(() -> exists(text)).ifPresent(checks::add);
    }
  }

  /** Those that decide whether the changeset is run. */
  List<Precondition> all() {
    return passesOver ? List.copyOf(checks) : List.of();
  }

  private static Optional<Precondition> sqlCheck(String text) {
    Matcher check = SQL_CHECK.matcher(text);
    if (!check.matches()) {
      return Optional.empty();
    }
    String expected =
        check.group(1) != null
            ? check.group(1)
            : check.group(2) != null ? check.group(2) : check.group(3);
    boolean ofRows = check.group(4).contains("${") || !asksCatalog(check.group(4));
    return Optional.of(new Precondition(check.group(4), expected, ofRows));
  }

  private static boolean asksCatalog(String query) {
    Matcher read = READ.matcher(SqlText.bare(query));
    while (read.find()) {
      if (!OF_CATALOG.matcher(read.group(1)).matches() || !read.group(2).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Precondition> exists(String text) {
    Matcher exists = EXISTS.matcher(text);
    if (!exists.matches() || text.contains("${")) {
      return Optional.empty();
    }
    Matcher schema = SCHEMA.matcher(text);
    return Optional.of(
        new Precondition(
            "select exists (select from information_schema.%ss where lower(table_name) = lower('%s') and lower(table_schema) = lower(%s))::text"
                .formatted(
                    exists.group(1).toLowerCase(Locale.ROOT),
                    exists.group(2),
                    schema.find() ? "'" + schema.group(1) + "'" : "current_schema()"),
            "true"));
  }
}
