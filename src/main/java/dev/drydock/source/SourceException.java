package dev.drydock.source;

/**
 * A file or a revision that cannot be read.
 *
 * <p>The message names the thing, the effect and the way out, and is meant for the person who runs
 * Drydock.
 */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
