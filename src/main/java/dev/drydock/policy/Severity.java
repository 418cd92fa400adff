package dev.drydock.policy;

import java.util.Locale;
import java.util.Optional;

/** How much a finding matters, most first. */
public enum Severity {
  ERROR,
  WARNING,
  INFO,
  /** The rule is known and not asked, until a user turns it on. */
  OFF;

  /** Lower case, as files spell it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity of that spelling. */
  public static Optional<Severity> of(String id) {
    for (Severity severity : values()) {
      if (severity.id().equals(id)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  /** Whether it is as severe as {@code threshold} or more. */
  public boolean atLeast(Severity threshold) {
    return compareTo(threshold) <= 0;
  }
}
