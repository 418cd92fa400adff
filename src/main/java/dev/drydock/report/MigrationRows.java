package dev.drydock.report;

import dev.drydock.policy.Severity;
import dev.drydock.report.HistoryReport.MigrationReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The pending migrations in Markdown, a row each: findings, the worst lock, who waits. */
final class MigrationRows {
  static final int MOST = 30;

  private final Map<String, String> directories = new HashMap<>();
  private final Map<String, Map<Severity, Long>> found;

  MigrationRows(Report report) {
    for (HistoryReport history : report.histories()) {
      history.migrations().forEach(m -> directories.put(m.file(), history.directory()));
    }
    found =
        report.findings().stream()
            .collect(
                Collectors.groupingBy(
                    finding -> finding.location().file().toString(),
                    Collectors.groupingBy(finding -> finding.severity(), Collectors.counting())));
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
                  MarkdownText.cell(name(migration)),
                  counts(migration),
                  lock.isEmpty()
                      ? "none"
                      : sentence(lock)
                          + " on "
                          + MarkdownText.cell(migration.worstLock().relation()),
                  lock.isEmpty() ? "nobody" : sentence(migration.worstLock().blocks()),
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

  private static String sentence(String text) {
    return MarkdownText.sentence(text.replace("|", "\\u007c"));
  }

  /** Whether nobody waits, nothing is copied and nothing found. */
  boolean quiet(MigrationReport migration) {
    return migration.worstLock().mode().isEmpty()
        && migration.rewrites().isEmpty()
        && migration.scans().isEmpty()
        && !migration.failed()
        && counts(migration).equals("none");
  }

  /** Its path below the directory of its history. */
  String name(MigrationReport migration) {
    return below(directories.getOrDefault(migration.file(), ""), migration.file());
  }

  /**
   * The path of {@code file} below {@code directory}; of one that lies beside it, as in another
   * location of the same history, the path below what holds both.
   */
  static String below(String directory, String file) {
    String above = directory.isEmpty() ? "" : directory + "/";
    while (!file.startsWith(above)) {
      above = above.substring(0, above.lastIndexOf('/', above.length() - 2) + 1);
    }
    return file.substring(above.length());
  }

  private String counts(MigrationReport migration) {
    List<String> counts = new ArrayList<>();
    for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
      long count = found.getOrDefault(migration.file(), Map.of()).getOrDefault(severity, 0L);
      if (count > 0) {
        counts.add(FindingMarkdown.dot(severity) + "\u00a0" + count);
      }
    }
    // A line may end between two of them, and not between a dot and its number.
    return counts.isEmpty() ? "none" : String.join(" ", counts);
  }

  private static String work(MigrationReport migration) {
    List<String> work = new ArrayList<>();
    if (migration.failed()) {
      work.add(migration.reached() ? "**fails**" : "not reached");
    }
    add(work, "rewrite", migration.rewrites(), migration.worstLock().relation());
    add(work, "scan", migration.scans(), migration.worstLock().relation());
    return work.isEmpty() ? "none" : String.join(", ", work);
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
