package dev.drydock.report;

import dev.drydock.report.HistoryReport.MigrationReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first lines of the summary: the verdict, what was run, and what is new since the last push.
 */
record SummaryHead(Report report, CommentContext context) {

  String markdown() {
    StringBuilder head = new StringBuilder();
    context.marker().ifPresent(marker -> head.append(marker.write()).append("\n\n"));
    head.append("### ").append(verdict()).append("\n\n");
    String replayed = replayed();
    if (!replayed.isEmpty()) {
      head.append(replayed).append("\n\n");
    }
    comparison().ifPresent(text -> head.append(text).append("\n\n"));
    return head.toString();
  }

  private String verdict() {
    long pending = pending();
    String migrations = Verdict.plural(pending, "pending migration", "pending migrations");
    if (report.findings().isEmpty()) {
      return pending == 0 ? "✅ No pending migrations" : "✅ No findings in " + migrations;
    }
    boolean fails =
        report.histories().stream()
            .flatMap(history -> history.migrations().stream())
            .anyMatch(MigrationReport::failed);
    String counts = Verdict.counts(report) + (pending == 0 ? "" : " in " + migrations);
    if (!report.failed()) {
      return "✅ Nothing that blocks: " + counts;
    }
    return fails ? "❌ A migration fails: " + counts : "❌ " + counts;
  }

  private long pending() {
    return report.histories().stream().mapToLong(history -> history.migrations().size()).sum();
  }

  private String replayed() {
    List<String> replayed = new ArrayList<>();
    for (HistoryReport history :
        report.histories().subList(0, Math.min(5, report.histories().size()))) {
      if (!history.engineVersion().isEmpty()) {
        replayed.add(
            "%s on %s %s after %s"
                .formatted(
                    MarkdownText.code(history.directory().isEmpty() ? "." : history.directory()),
                    MarkdownText.sentence(engine(history.engine())),
                    MarkdownText.sentence(history.engineVersion()),
                    Verdict.plural(history.applied(), "applied migration", "applied migrations")));
      }
    }
    return replayed.isEmpty() ? "" : "Ran " + String.join(", ", replayed) + ".";
  }

  private static String engine(String name) {
    return name.equals("postgresql") ? "PostgreSQL" : name;
  }

  private Optional<String> comparison() {
    return context
        .previous()
        .filter(CommentMarker::complete)
        .map(
            before -> {
              Set<String> now = new HashSet<>();
              report.findings().forEach(finding -> now.add(CommentMarker.key(finding)));
              long unchanged = now.stream().filter(before.findings()::contains).count();
              long fixed = before.findings().stream().filter(key -> !now.contains(key)).count();
              return "Since the last push: %d new, %d fixed, %d unchanged."
                  .formatted(now.size() - unchanged, fixed, unchanged);
            });
  }
}
