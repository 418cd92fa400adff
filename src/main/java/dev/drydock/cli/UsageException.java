package dev.drydock.cli;

/** The command line or a file it names cannot be used as given. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
