package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.report.HistoryReport.MigrationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The first lines of the summary: the verdict, what was run, and what is new since the last push.
 */
record SummaryHead(Report report, CommentContext context) {

  /** The marker and the verdict. */
  String heading() {
    return context.marker().map(marker -> marker.write() + "\n\n").orElse("")
        + "### "
        + verdict()
        + accepted(report)
        + id()
        + "\n\n";
  }

  /** A reviewer sees that findings were answered without unfolding anything. */
  static String accepted(Report report) {
    int count = report.suppressed().size();
    return count == 0 ? "" : ", %d accepted".formatted(count);
  }

  /** Which of several comments on one pull request it is. */
  private String id() {
    return context
        .marker()
        .map(CommentMarker::id)
        .filter(id -> !id.equals(CommentMarker.USUAL_ID))
        .map(id -> " (%s)".formatted(MarkdownText.code(id)))
        .orElse("");
  }

  private String verdict() {
    int pending = report.migrations().size();
    String migrations = Verdict.plural(pending, "pending migration", "pending migrations");
    if (!report.complete()) {
      return "⚠️ No verdict"
          + unjudged()
          + (report.findings().isEmpty() ? "" : "; in the rest " + Verdict.counts(report));
    }
    if (report.findings().isEmpty()) {
      return pending == 0 ? "✅ No pending migrations" : "✅ No findings in " + migrations;
    }
    boolean fails =
        report.migrations().stream()
            .filter(MigrationReport::reached)
            .anyMatch(migration -> migration.failed() && migration.judged());
    boolean judged = report.migrations().stream().allMatch(MigrationReport::judged);
    String counts = Verdict.counts(report) + (pending == 0 ? "" : " in " + migrations);
    if (!report.failed()) {
      return "✅ Nothing that blocks: " + counts;
    }
    return fails
        ? "❌ A migration fails: " + counts
        : (judged ? "❌ " : "❌ A migration was not judged: ") + counts;
  }

  /** Which directories there is no verdict on; with one that has no name, it is all of them. */
  private String unjudged() {
    List<String> directories =
        report.unjudged().stream().map(Unjudged::directory).distinct().toList();
    if (directories.contains("")) {
      return "";
    }
    int more = directories.size() - 1;
    return " on "
        + MarkdownText.code(directories.getFirst())
        + (more == 0 ? "" : " and %d more".formatted(more));
  }

  /** What the change alters of how it is judged; empty when it leaves that alone. */
  String alteration() {
    return report
        .alteration()
        .map(
            told ->
                "⚠️ **T%s**%s.\n\n"
                    .formatted(
                        told.substring(1, told.indexOf(':')),
                        MarkdownText.sentence(told.substring(told.indexOf(':')))))
        .orElse("");
  }

  /** What was run; empty when nothing was. */
  String replayed() {
    List<String> replayed = new ArrayList<>();
    for (HistoryReport history :
        report.histories().subList(0, Math.min(5, report.histories().size()))) {
      if (history.replayed()) {
        replayed.add(
            "%s on %s %s after %s"
                .formatted(
                    MarkdownText.code(history.directory().isEmpty() ? "." : history.directory()),
                    MarkdownText.sentence(engine(history.engine())),
                    MarkdownText.sentence(history.engineVersion()),
                    Verdict.plural(history.applied(), "applied migration", "applied migrations")));
      }
    }
    return replayed.isEmpty()
        ? ""
        : "Ran " + String.join(", ", replayed) + "." + unreached() + "\n\n";
  }

  private String unreached() {
    long count =
        report.migrations().stream().filter(Predicate.not(MigrationReport::reached)).count();
    return count == 0
        ? ""
        : " %s after the failure %s not run."
            .formatted(
                Verdict.plural(count, "migration", "migrations"), count == 1 ? "was" : "were");
  }

  private static String engine(String name) {
    return name.equals("postgresql") ? "PostgreSQL" : name;
  }

  /** With the comment of the last push, or of the last run for this one; empty without one. */
  String comparison() {
    return context
        .previous()
        // What was not judged is neither fixed nor unchanged.
        .filter(before -> before.complete() && report.complete())
        .map(this::comparison)
        .orElse("");
  }

  private String comparison(CommentMarker before) {
    Set<String> now = keys(report.findings());
    Set<String> answered = keys(report.suppressed());
    List<String> gone = before.findings().stream().filter(key -> !now.contains(key)).toList();
    long unchanged = now.stream().filter(before.findings()::contains).count();
    long accepted = gone.stream().filter(answered::contains).count();
    if (now.isEmpty() && gone.isEmpty()) {
      return "";
    }
    boolean again =
        context.marker().filter(marker -> marker.headSha().equals(before.headSha())).isPresent();
    return "Since the last %s: %d new, %d fixed, %d unchanged%s.\n\n"
        .formatted(
            again ? "run" : "push",
            now.size() - unchanged,
            gone.size() - accepted,
            unchanged,
            accepted == 0 ? "" : ", %d accepted".formatted(accepted));
  }

  private static Set<String> keys(List<Finding> findings) {
    return findings.stream().map(CommentMarker::key).collect(Collectors.toSet());
  }
}
