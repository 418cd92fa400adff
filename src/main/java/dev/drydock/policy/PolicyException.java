package dev.drydock.policy;

/**
 * A rule or configuration file that cannot be used: the message begins with file, line and column.
 */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PolicyException(YamlNode.Mark mark, String message) {
    super(mark + ": " + message);
  }

  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
