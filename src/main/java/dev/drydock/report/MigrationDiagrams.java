package dev.drydock.report;

import dev.drydock.report.HistoryReport.Change;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.Step;
import dev.drydock.report.HistoryReport.WorstLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a migration locks, and for how long, and what it leaves in the schema, as pictures. */
final class MigrationDiagrams {
  private static final int MOST_STEPS = 40;
  private static final int MOST_LOCKS = 20;
  private static final int MOST_CHANGES = 60;
  private static final int MOST_ENTITIES = 12;
  private static final int MOST_COLUMNS = 20;
  private static final int LONGEST_LABEL = 60;
  private static final int LONGEST_CHANGE = 200;

  /** Words that end an entity diagram with an error, wherever a name stands (tried with 11.17). */
  private static final Set<String> RESERVED =
      Set.of(
          "pk",
          "fk",
          "uk",
          "style",
          "class",
          "classdef",
          "end",
          "acctitle",
          "accdescr",
          "one",
          "to",
          "many",
          "only",
          "zero",
          "optionally",
          "title",
          "direction",
          "erdiagram",
          "subgraph");

  private MigrationDiagrams() {}

  /**
   * The transactions of a migration in which a lock is held over a further statement, each as a
   * gantt chart whose axis counts statements; empty when there is none.
   */
  static String timeline(MigrationReport migration) {
    Map<Integer, List<Step>> transactions = new TreeMap<>();
    for (Step step : migration.steps()) {
      if (step.inTransaction() && step.reached()) {
        transactions.computeIfAbsent(step.transaction(), unused -> new ArrayList<>()).add(step);
      }
    }
    StringBuilder out = new StringBuilder();
    transactions.values().stream()
        .filter(MigrationDiagrams::holds)
        .limit(3)
        .forEach(steps -> out.append(gantt(steps)));
    return out.toString();
  }

  private static boolean holds(List<Step> steps) {
    return steps.size() <= MOST_STEPS
        && steps.subList(0, steps.size() - 1).stream().anyMatch(step -> !step.locks().isEmpty());
  }

  private static String gantt(List<Step> steps) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "gantt",
                "  dateFormat x",
                "  axisFormat %-S",
                "  tickInterval 1second",
                "  todayMarker off",
                "  whole transaction :done, 0, " + instant(steps.size())));
    int locks = 0;
    for (int i = 0; i < steps.size(); i++) {
      for (WorstLock lock : steps.get(i).locks()) {
        if (++locks > MOST_LOCKS) {
          break;
        }
        lines.add(
            "  line %d %s on %s :%s%d, %d"
                .formatted(
                    steps.get(i).location().startLine(),
                    label(lock.mode()),
                    label(lock.relation()),
                    lock.blocks().startsWith("reads") ? "crit, " : "",
                    instant(i),
                    instant(steps.size())));
      }
    }
    return "One transaction of %s; each lock is held from its statement to the end. Red keeps reads out too. The axis counts statements.\n\n"
            .formatted(Verdict.plural(steps.size(), "statement", "statements"))
        + MarkdownText.fence("mermaid", lines)
        + "\n";
  }

  /** A second for each statement: newer versions of mermaid read seconds as milliseconds. */
  private static int instant(int statements) {
    return 1_000 * statements;
  }

  /** Letters, digits and what no diagram takes for syntax. */
  private static String label(String text) {
    StringBuilder label = new StringBuilder();
    int read = VisibleText.atBoundary(text, Math.min(text.length(), LONGEST_LABEL));
    text.substring(0, read)
        .codePoints()
        .forEach(
            c ->
                label.appendCodePoint(
                    (Character.isLetterOrDigit(c) && !VisibleText.hidden(c))
                            || c == '.'
                            || c == '_'
                            || c == ' '
                            || c == '-'
                        ? c
                        : '_'));
    return label.toString().strip();
  }

  /** A word for a diagram that allows no more than identifiers. */
  private static String word(String text) {
    String word = label(text).replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
    String named = word.isEmpty() || !Character.isLetter(word.charAt(0)) ? "x" + word : word;
    return RESERVED.contains(named.toLowerCase(Locale.ROOT)) ? named + "_" : named;
  }

  /** The change of the schema, a line each, as a diff. */
  static String changes(MigrationReport migration) {
    if (migration.changes().isEmpty()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    for (Change change : migration.changes()) {
      String object =
          change.kind()
              + " "
              + (change.table().isEmpty() ? "" : change.table() + ".")
              + change.name();
      boolean same = change.before().equals(change.after());
      switch (change.event()) {
        case "created" -> lines.add(line("+", object, change.after()));
        case "dropped" -> lines.add(line("-", object, change.before()));
        case "renamed" -> lines.add(line("!", object, "was " + change.before()));
        default -> {
          if (same) {
            lines.add(line("!", object, ""));
          } else {
            int told = parting(change.before(), change.after());
            lines.add(line("-", object, from(told, change.before())));
            lines.add(line("+", object, from(told, change.after())));
          }
        }
      }
    }
    if (lines.size() > MOST_CHANGES) {
      int more = lines.size() - MOST_CHANGES;
      lines.subList(MOST_CHANGES, lines.size()).clear();
      lines.add("# and %d more".formatted(more));
    }
    return MarkdownText.fence("diff", lines) + "\n";
  }

  /** Where to begin two texts of which the longer has no room, so that what differs is seen. */
  private static int parting(String before, String after) {
    int shorter = Math.min(before.length(), after.length());
    if (Math.max(before.length(), after.length()) <= LONGEST_CHANGE / 2) {
      return 0;
    }
    int same = 0;
    while (same < shorter && before.charAt(same) == after.charAt(same)) {
      same++;
    }
    return before.lastIndexOf(' ', Math.max(0, same - LONGEST_CHANGE / 4)) + 1;
  }

  private static String from(int told, String text) {
    return told == 0 ? text : VisibleText.GAP + " " + text.substring(told);
  }

  private static String line(String sign, String object, String text) {
    return VisibleText.beginning(
        VisibleText.sentence((sign + " " + object + " " + text).stripTrailing()), LONGEST_CHANGE);
  }

  /** Tables that are made, and what foreign keys join them to; empty when there are none. */
  static String entities(MigrationReport migration) {
    Set<String> made = new LinkedHashSet<>();
    Map<String, List<Change>> columns = new LinkedHashMap<>();
    List<Change> keys = new ArrayList<>();
    for (Change change : migration.changes()) {
      if (change.event().equals("created")) {
        if (change.kind().endsWith("table")) {
          made.add(change.name());
        } else if (change.kind().equals("column")) {
          columns.computeIfAbsent(change.table(), unused -> new ArrayList<>()).add(change);
        } else if (!change.refersTo().isEmpty()) {
          keys.add(change);
        }
      }
    }
    if (keys.isEmpty() || made.size() > MOST_ENTITIES || keys.size() > 2 * MOST_ENTITIES) {
      return "";
    }
    List<String> lines = new ArrayList<>(List.of("erDiagram"));
    Set<String> shown = new LinkedHashSet<>(made);
    keys.forEach(key -> shown.add(key.table()));
    for (String table : shown) {
      List<Change> added = columns.getOrDefault(table, List.of());
      if (!added.isEmpty()) {
        lines.add("  " + word(table) + " {");
        added.stream()
            .limit(MOST_COLUMNS)
            .forEach(
                c ->
                    lines.add(
                        "    %s %s"
                            .formatted(
                                word(c.after().split(" not null| default", 2)[0]),
                                word(c.name()))));
        if (added.size() > MOST_COLUMNS) {
          lines.add("    and more \"%d columns\"".formatted(added.size() - MOST_COLUMNS));
        }
        lines.add("  }");
      }
    }
    for (Change key : keys) {
      lines.add(
          "  %s }o--|| %s : %s"
              .formatted(word(key.table()), word(key.refersTo()), word(key.name())));
    }
    return MarkdownText.fence("mermaid", lines) + "\n";
  }
}
