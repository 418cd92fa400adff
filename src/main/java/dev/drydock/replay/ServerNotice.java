package dev.drydock.replay;

import java.util.Objects;

/**
 * Something the server said about a statement that it ran all the same.
 *
 * @param severity {@code NOTICE}, {@code WARNING}, …
 * @param sqlState five characters, e.g. {@code 42P07} for a relation that is there already
 * @param message the server's own words
 */
public record ServerNotice(String severity, String sqlState, String message) {
  public ServerNotice {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(sqlState);
    Objects.requireNonNull(message);
  }
}
