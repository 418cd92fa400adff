package dev.drydock.github;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Severity;
import dev.drydock.report.HistoryReport;
import dev.drydock.report.Report;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What our comments say, as Markdown. */
final class Comments {
  /** GitHub's limit is 65,536 characters; the marker needs room too. */
  private static final int MOST = 52_000;

  private static final String HOME = "https://github.com/drydock-dev/drydock/blob/main/docs/rules/";

  private Comments() {}

  /** How the findings differ from those of the last push. */
  record Delta(int added, int fixed, int unchanged) {}

  /** Worst first, then by place. */
  static List<Finding> worstFirst(List<Finding> findings) {
    return findings.stream()
        .sorted(Comparator.comparing(Finding::severity).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  static String summary(Report report, Optional<Delta> delta) {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(verdict(report)).append("\n\n");
    delta.ifPresent(
        since ->
            text.append(
                "Since the last push: %d new, %d fixed, %d unchanged.\n\n"
                    .formatted(since.added(), since.fixed(), since.unchanged())));
    for (HistoryReport history : report.histories()) {
      if (!history.migrations().isEmpty()) {
        table(text, history);
      }
    }
    int left = 0;
    for (Finding finding : worstFirst(report.findings())) {
      String details = details(finding);
      if (text.length() + details.length() > MOST) {
        left++;
      } else {
        text.append(details);
      }
    }
    if (left > 0) {
      text.append("\n%d further findings are in the log and the SARIF file.\n".formatted(left));
    }
    report
        .notices()
        .forEach(
            notice -> {
              if (text.length() < MOST) {
                text.append("\n> ").append(Markdown.prose(notice)).append("\n");
              }
            });
    text.append(
        "\n<sub>drydock %s. To accept a finding, write `-- drydock:allow RULE: REASON` above the statement.</sub>\n"
            .formatted(Markdown.prose(report.toolVersion())));
    return text.toString();
  }

  private static String verdict(Report report) {
    long errors = report.count(Severity.ERROR);
    long warnings = report.count(Severity.WARNING);
    long pending = report.histories().stream().mapToLong(h -> h.migrations().size()).sum();
    if (report.findings().isEmpty()) {
      return pending == 0
          ? "Drydock: this change has no pending migrations"
          : "Drydock: nothing to say against %d pending %s"
              .formatted(pending, pending == 1 ? "migration" : "migrations");
    }
    return "Drydock: %s with %d %s, %d %s and %d for information"
        .formatted(
            report.failed() ? "failed" : "passed",
            errors,
            errors == 1 ? "error" : "errors",
            warnings,
            warnings == 1 ? "warning" : "warnings",
            report.count(Severity.INFO));
  }

  private static void table(StringBuilder text, HistoryReport history) {
    text.append(
        "| Migration | Strongest lock | Waits | Rewritten | Read in full |\n|---|---|---|---|---|\n");
    for (HistoryReport.MigrationReport migration : history.migrations()) {
      if (text.length() > MOST / 2) {
        text.append("| … | | | | |\n");
        break;
      }
      HistoryReport.WorstLock lock = migration.worstLock();
      text.append(
          "| %s%s | %s | %s | %s | %s |\n"
              .formatted(
                  Markdown.code(migration.file()),
                  migration.failed() ? " **fails**" : "",
                  lock.mode().isEmpty()
                      ? "none"
                      : Markdown.prose(lock.mode()) + " on " + Markdown.code(lock.relation()),
                  Markdown.prose(lock.blocks()),
                  names(migration.rewrites()),
                  names(migration.scans())));
    }
    text.append('\n');
  }

  private static String names(List<String> relations) {
    return relations.stream()
        .limit(5)
        .map(Markdown::code)
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  private static String details(Finding finding) {
    return "<details><summary>%s <code>%s</code> %s</summary>\n\n%s\n\n%s</details>\n\n"
        .formatted(
            finding.severity().id(),
            html(finding.rule().id()),
            html(finding.location().toString()),
            Markdown.prose(finding.message()),
            finding.statement().isBlank()
                ? ""
                : Markdown.block("sql", shortened(finding.statement())) + "\n");
  }

  /** In a summary element GitHub reads HTML and Markdown alike. */
  private static String html(String text) {
    return Markdown.prose(text);
  }

  private static String shortened(String sql) {
    return sql.length() > 1500 ? sql.substring(0, 1500) + "\n..." : sql;
  }

  /** A comment on the lines of a statement. */
  static String inline(List<Finding> findings, Optional<SourceFile> file, boolean sameLines) {
    List<String> parts = new ArrayList<>();
    boolean suggested = false;
    for (Finding finding : findings) {
      StringBuilder text = new StringBuilder();
      text.append(
          "**%s** [`%s`](%s%s.md): %s\n"
              .formatted(
                  finding.severity().id(),
                  finding.rule().id().replaceAll("[^\\w-]", ""),
                  HOME,
                  finding.rule().id().replaceAll("[^\\w-]", ""),
                  Markdown.prose(finding.message())));
      Optional<String> lines =
          sameLines && !suggested ? suggestion(finding, file) : Optional.empty();
      if (lines.isPresent()) {
        text.append('\n').append(fence("suggestion", lines.get()));
        suggested = true;
      } else if (finding.fix().isPresent()) {
        text.append("\nInstead:\n\n")
            .append(Markdown.block("sql", shortened(finding.fix().get().replacement())));
      }
      if (!finding.fix().map(Fix::follow).orElse("").isEmpty()) {
        text.append("\nAnd in a later migration:\n\n")
            .append(Markdown.block("sql", shortened(finding.fix().get().follow())));
      }
      parts.add(text.toString());
    }
    String whole = String.join("\n---\n\n", parts);
    return whole.length() <= MOST
        ? whole
        : parts
            .getFirst()
            .substring(0, Math.min(parts.getFirst().length(), 400))
            .lines()
            .findFirst()
            .orElse("");
  }

  /** Unlike a block, exactly the text: it is what a click puts into the file. */
  private static String fence(String language, String text) {
    int longest = 2;
    for (String run : text.split("[^`]+")) {
      longest = Math.max(longest, run.length());
    }
    String fence = "`".repeat(longest + 1);
    return fence + language + "\n" + text + "\n" + fence + "\n";
  }

  /** The whole lines a one-click fix puts in the place of the finding's. */
  private static Optional<String> suggestion(Finding finding, Optional<SourceFile> file) {
    if (finding.fix().isEmpty() || file.isEmpty()) {
      return Optional.empty();
    }
    Fix fix = finding.fix().get();
    Lines lines = Lines.of(finding.location());
    Lines fixed = Lines.of(fix.location());
    boolean visible =
        fix.replacement()
            .codePoints()
            .allMatch(c -> c == '\n' || c == '\t' || (c >= ' ' && c < 127));
    if (!fixed.equals(lines)
        || !fix.follow().isEmpty()
        || fix.outsideTransaction()
        || !visible
        || fixed.last() > file.get().lineCount()) {
      return Optional.empty();
    }
    String first = file.get().line(fixed.first());
    String last = file.get().line(fix.location().endLine());
    int start = Math.min(first.length(), fix.location().startColumn() - 1);
    int end = Math.min(last.length(), fix.location().endColumn() - 1);
    if (fix.location().endLine() != fixed.last()) {
      return Optional.empty();
    }
    return Optional.of(
        first.substring(0, start) + fix.replacement().stripTrailing() + last.substring(end));
  }

  /** The fingerprints, shortened as markers have them. */
  static Set<String> fingerprints(List<Finding> findings) {
    return findings.stream()
        .map(finding -> Marker.shortened(finding.fingerprint().value()))
        .collect(java.util.stream.Collectors.toCollection(java.util.LinkedHashSet::new));
  }
}
