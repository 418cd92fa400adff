package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.source.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The pending migrations in Markdown, a row each: findings, the worst lock, who waits. */
final class MigrationRows {
  static final int MOST = 30;
  private static final int LONGEST_NAME = 48;
  private static final String NONE = "none";
  private static final String UNKNOWN = "–";

  private final Map<MigrationReport, HistoryReport> histories = new IdentityHashMap<>();
  private final Map<HistoryReport, String> endings = new IdentityHashMap<>();
  private final Map<MigrationReport, Map<Severity, Long>> found = new IdentityHashMap<>();

  private final Map<String, List<MigrationReport>> byFile = new HashMap<>();
  private final DirectoryLabels labels;

  MigrationRows(Report report) {
    labels =
        new DirectoryLabels(
            report.histories().stream()
                .filter(history -> !history.migrations().isEmpty())
                .map(HistoryReport::directory)
                .toList());
    for (HistoryReport history : report.histories()) {
      endings.put(history, MigrationTable.ending(history));
      for (MigrationReport migration : history.migrations()) {
        histories.put(migration, history);
        byFile.computeIfAbsent(migration.file(), any -> new ArrayList<>()).add(migration);
      }
    }
    for (Finding finding : report.findings()) {
      Location at = finding.location();
      List<MigrationReport> inFile = byFile.getOrDefault(at.file().toString(), List.of());
      if (!inFile.isEmpty()) {
        found
            .computeIfAbsent(at(at.startLine(), inFile), any -> new HashMap<>())
            .merge(finding.severity(), 1L, Long::sum);
      }
    }
  }

  /** The last of the migrations of a file that has begun by this line. */
  private static MigrationReport at(int line, List<MigrationReport> inFile) {
    return inFile.stream()
        .filter(migration -> !migration.steps().isEmpty())
        .filter(migration -> migration.steps().getFirst().location().startLine() <= line)
        .max(Comparator.comparing(migration -> migration.steps().getFirst().location().startLine()))
        .orElse(inFile.getFirst());
  }

  /** All, or those that do something, as a table; empty when nothing happens in any. */
  String table(List<MigrationReport> migrations, int most) {
    List<MigrationReport> loud =
        migrations.stream().filter(Predicate.not(this::quiet)).limit(most).toList();
    // A pull request in which nothing happens needs no table that says so.
    if (loud.isEmpty()) {
      return "";
    }
    StringBuilder table =
        new StringBuilder(
            "| Migration | Findings | Worst lock | Who waits | Heavy work |\n|:--|:--|:--|:--|:--|\n");
    List<MigrationReport> rows = migrations.size() <= Math.min(most, MOST) ? migrations : loud;
    for (MigrationReport migration : rows) {
      String lock = migration.worstLock().mode();
      table.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  MarkdownText.cell(shortened(name(migration))),
                  migration.reached() || !counts(migration).equals(NONE)
                      ? counts(migration)
                      : UNKNOWN,
                  lock.isEmpty()
                      ? unknownOr(NONE, migration)
                      : sentence(lock)
                          + " on "
                          + MarkdownText.cell(migration.worstLock().relation()),
                  lock.isEmpty()
                      ? unknownOr("nobody", migration)
                      : sentence(migration.worstLock().blocks()),
                  work(migration)));
    }
    if (rows.size() < migrations.size()) {
      table.append(
          "| and %s | | | | |\n"
              .formatted(
                  Verdict.plural(
                      migrations.size() - rows.size(), "more migration", "more migrations")));
    }
    return table.append('\n').toString();
  }

  /** What did not run to its end was not seen to lock nothing. */
  private static String unknownOr(String nothing, MigrationReport migration) {
    return migration.failed() ? UNKNOWN : nothing;
  }

  /** A name has no blanks to break at, and a wide one would push the last columns out of sight. */
  private static String shortened(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    int head = VisibleText.atBoundary(name, LONGEST_NAME * 2 / 3);
    int tail = VisibleText.atBoundary(name, name.length() - LONGEST_NAME / 3 + 3);
    return name.substring(0, head) + VisibleText.GAP + name.substring(tail);
  }

  private static String sentence(String text) {
    return MarkdownText.sentence(text.replace("|", "\\u007c"));
  }

  /** Whether nobody waits, nothing is copied and nothing found. */
  boolean quiet(MigrationReport migration) {
    return migration.isQuiet() && counts(migration).equals(NONE);
  }

  /** The file of a migration, as it is named here, and the line. */
  String place(Location location) {
    String file = JsonReports.path(location.file());
    String name =
        byFile.getOrDefault(file, List.of()).stream()
            .findFirst()
            .map(histories::get)
            .map(history -> labels.before(history.directory()) + below(history.directory(), file))
            .orElse(file);
    return shortened(name) + ":" + location.startLine();
  }

  /**
   * Its path below the directory of its history, without what ends all of them; of several
   * histories, with what tells the directories apart before it.
   */
  String name(MigrationReport migration) {
    HistoryReport history = histories.get(migration);
    if (history == null) {
      return migration.file();
    }
    String name = history.name(migration);
    String ending = endings.get(history);
    return labels.before(history.directory())
        + (name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name);
  }

  /**
   * The path of {@code file} below {@code directory}; of one that lies beside it, as in another
   * location of the same history, the path below what holds both.
   */
  static String below(String directory, String file) {
    String above = directory.isEmpty() ? "" : directory + "/";
    int same = 0;
    while (same < Math.min(above.length(), file.length())
        && above.charAt(same) == file.charAt(same)) {
      same++;
    }
    return file.substring(above.lastIndexOf('/', same - 1) + 1);
  }

  private String counts(MigrationReport migration) {
    List<String> counts = new ArrayList<>();
    for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
      long count = found.getOrDefault(migration, Map.of()).getOrDefault(severity, 0L);
      if (count > 0) {
        counts.add(FindingMarkdown.dot(severity) + "\u00a0" + count);
      }
    }
    // A line may end between two of them, and not between a dot and its number.
    return counts.isEmpty() ? NONE : String.join(" ", counts);
  }

  private static String work(MigrationReport migration) {
    List<String> work = new ArrayList<>();
    if (migration.failed()) {
      work.add(
          !migration.reached()
              ? "not reached"
              : migration.judged() ? "**fails**" : "**not judged**");
    }
    add(work, "rewrite", migration.rewrites(), migration.worstLock().relation());
    add(work, "scan", migration.scans(), migration.worstLock().relation());
    return work.isEmpty() ? NONE : String.join(", ", work);
  }

  private static void add(List<String> work, String kind, List<String> relations, String locked) {
    for (String relation : relations.subList(0, Math.min(4, relations.size()))) {
      work.add(relation.equals(locked) ? kind : kind + " of " + MarkdownText.cell(relation));
    }
    if (relations.size() > 4) {
      work.add("%d more".formatted(relations.size() - 4));
    }
  }
}
