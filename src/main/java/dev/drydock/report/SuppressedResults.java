package dev.drydock.report;

/** What becomes of suppressed findings in SARIF. */
public enum SuppressedResults {
  /** For an archive: they are there, with the reason. */
  KEPT,
  /** For an upload: GitHub does not read suppressions and would open an alert for each. */
  LEFT_OUT
}
