package dev.drydock.report;

import dev.drydock.policy.Finding;
import java.util.Comparator;
import java.util.Optional;

/** How a report shows its readers that a finding can be accepted. */
final class Acceptance {
  private Acceptance() {}

  /**
   * The finding to show it with: one of a statement before one of a file, the most severe first;
   * empty when no reason can answer any of them, as where the file is gone.
   */
  static Optional<Finding> example(Report report) {
    return report.findings().stream()
        .filter(finding -> finding.rule().isAcceptable())
        .filter(finding -> report.files().containsKey(finding.location().file()))
        .min(
            Comparator.comparing((Finding finding) -> finding.statement().isEmpty())
                .thenComparing(Finding::severity));
  }
}
