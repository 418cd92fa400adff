package dev.drydock.source;

/**
 * A file or a revision that cannot be read.
 *
 * <p>The message names the thing, the effect and the way out, and is meant for the person who runs
 * Drydock.
 */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean misnamed;

  public SourceException(String message) {
    super(message);
    this.misnamed = false;
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
    this.misnamed = false;
  }

  private SourceException(String message, boolean misnamed) {
    super(message);
    this.misnamed = misnamed;
  }

  /** Of a name that means nothing here, whatever else were fetched. */
  public static SourceException misnamed(String message) {
    return new SourceException(message, true);
  }

  /** Whether who gave a name has to give another, rather than the environment more. */
  public boolean isMisnamed() {
    return misnamed;
  }
}
