package dev.drydock.report;

import dev.drydock.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run comes to, in one line. */
final class Verdict {
  private Verdict() {}

  static String word(Report report) {
    if (!report.complete()) {
      return "no verdict";
    }
    return report.failed() ? "failed" : "passed";
  }

  static String line(Report report) {
    List<String> parts = new ArrayList<>();
    parts.add(word(report) + ": " + outcome(report));
    String replayed = replayed(report);
    if (!replayed.isEmpty()) {
      parts.add(replayed);
    }
    parts.add("drydock " + VisibleText.line(report.toolVersion()));
    return String.join("; ", parts);
  }

  /** {@code 2 errors, 1 warning}; empty when there is no finding. */
  static String counts(Report report) {
    List<String> counts = new ArrayList<>();
    add(counts, report.count(Severity.ERROR), "error", "errors");
    add(counts, report.count(Severity.WARNING), "warning", "warnings");
    add(counts, report.count(Severity.INFO), "info", "infos");
    return String.join(", ", counts);
  }

  static String plural(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private static String outcome(Report report) {
    String suppressed =
        report.suppressed().isEmpty() ? "" : ", " + report.suppressed().size() + " suppressed";
    if (!report.complete()) {
      return unjudged(report)
          + (report.findings().isEmpty() ? "" : "; in the rest " + counts(report))
          + suppressed;
    }
    if (!report.findings().isEmpty()) {
      return counts(report) + suppressed + " (fails on " + report.failOn().id() + ")";
    }
    long pending = report.migrations().size();
    return pending == 0
        ? "no pending migrations" + suppressed
        : "no findings in "
            + plural(pending, "pending migration", "pending migrations")
            + suppressed;
  }

  /** Which histories nobody judged; with one that has no directory, it is all of them. */
  private static String unjudged(Report report) {
    List<String> directories =
        report.unjudged().stream().map(Unjudged::directory).filter(d -> !d.isEmpty()).toList();
    if (directories.size() < report.unjudged().size()) {
      return "nothing was judged";
    }
    return VisibleText.line(directories.getFirst())
        + (directories.size() == 1
            ? " was not judged"
            : " and %d more were not judged".formatted(directories.size() - 1));
  }

  private static String replayed(Report report) {
    Map<String, Integer> applied = new TreeMap<>();
    for (HistoryReport history : report.histories()) {
      if (history.replayed()) {
        applied.merge(
            VisibleText.line(history.engine() + " " + history.engineVersion()),
            history.applied(),
            Integer::sum);
      }
    }
    return applied.entrySet().stream()
        .map(
            entry ->
                plural(entry.getValue(), "applied migration", "applied migrations")
                    + " replayed on "
                    + entry.getKey())
        .collect(Collectors.joining(" and "));
  }

  private static void add(List<String> counts, long count, String one, String many) {
    if (count > 0) {
      counts.add(plural(count, one, many));
    }
  }
}
