package dev.drydock.report;

/** A document that was to be read back is not a report. */
public final class UnreadableReportException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableReportException(String message) {
    super(message);
  }

  UnreadableReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
