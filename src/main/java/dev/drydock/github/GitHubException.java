package dev.drydock.github;

/** GitHub or the runner gave something that cannot be worked with; the message says what to do. */
public final class GitHubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GitHubException(String message) {
    super(message);
  }

  public GitHubException(String message, Throwable cause) {
    super(message, cause);
  }
}
