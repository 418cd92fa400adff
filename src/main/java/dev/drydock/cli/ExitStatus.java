package dev.drydock.cli;

import dev.drydock.report.Report;

/** What the program says to its caller when it ends. */
enum ExitStatus {
  /** No finding at or above the threshold. */
  CLEAN(0),
  /** At least one such finding. */
  FINDINGS(1),
  /** Wrong usage or configuration. */
  USAGE(2),
  /** No verdict: the run itself failed. */
  NO_VERDICT(3);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** What a report comes to: what was found where there is no verdict on the rest is not all. */
  static ExitStatus of(Report report) {
    if (!report.complete()) {
      return NO_VERDICT;
    }
    return report.failed() ? FINDINGS : CLEAN;
  }

  int code() {
    return code;
  }
}
