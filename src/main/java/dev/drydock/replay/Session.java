package dev.drydock.replay;

import java.util.Objects;

/**
 * The settings of the migrating session while a statement ran.
 *
 * @param lockTimeout as the engine shows it, {@code 0} for none
 * @param statementTimeout as the engine shows it, {@code 0} for none
 */
public record Session(String lockTimeout, String statementTimeout) {
  public Session {
    Objects.requireNonNull(lockTimeout);
    Objects.requireNonNull(statementTimeout);
  }
}
