package dev.drydock.replay;

import java.util.Objects;

/**
 * The settings of the migrating session while a statement ran.
 *
 * @param lockTimeout as the engine shows it, {@code 0} for none
 * @param statementTimeout as the engine shows it, {@code 0} for none
 * @param idleTimeout how long it may sit idle in a transaction, as the engine shows it, {@code 0}
 *     for no limit
 * @param applicationName what it calls itself
 */
public record Session(
    String lockTimeout, String statementTimeout, String idleTimeout, String applicationName) {
  public Session {
    Objects.requireNonNull(lockTimeout);
    Objects.requireNonNull(statementTimeout);
    Objects.requireNonNull(idleTimeout);
    Objects.requireNonNull(applicationName);
  }
}
