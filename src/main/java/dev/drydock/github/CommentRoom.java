package dev.drydock.github;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import java.util.List;

/**
 * How many comments on lines there is room for, those that stand from earlier pushes included. An
 * error finds room however many milder ones stand; only other errors take it.
 */
final class CommentRoom {
  private static final int MOST = 30;

  private int all;
  private int errors;

  /** A comment about these findings stands. */
  void take(List<Finding> findings) {
    all++;
    if (hasError(findings)) {
      errors++;
    }
  }

  boolean isThereFor(List<Finding> findings) {
    return (hasError(findings) ? errors : all) < MOST;
  }

  private static boolean hasError(List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
