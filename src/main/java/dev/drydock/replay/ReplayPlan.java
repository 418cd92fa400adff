package dev.drydock.replay;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * How a history is to be replayed.
 *
 * @param prelude SQL the migration tool runs before its first migration; may be empty
 * @param session SQL the migration tool runs in each of its sessions; may be empty
 * @param timeZone of the session; whether {@code timestamp} to {@code timestamptz} rewrites a table
 *     depends on it
 * @param statementLimit how long one pending statement may take
 * @param runLimit how long the whole replay may take
 * @param diskLimit bytes the database may take
 * @param trusted whether all that runs before the pending migrations is the base's, and may do what
 *     a superuser may
 */
public record ReplayPlan(
    String prelude,
    String session,
    ZoneId timeZone,
    Duration statementLimit,
    Duration runLimit,
    long diskLimit,
    boolean trusted) {
  public ReplayPlan {
    Objects.requireNonNull(prelude);
    Objects.requireNonNull(session);
    Objects.requireNonNull(timeZone);
    Objects.requireNonNull(statementLimit);
    Objects.requireNonNull(runLimit);
  }

  /** A plan for a tool that leaves its sessions as they are, and a base of its own. */
  public ReplayPlan(
      String prelude, ZoneId timeZone, Duration statementLimit, Duration runLimit, long diskLimit) {
    this(prelude, "", timeZone, statementLimit, runLimit, diskLimit, true);
  }
}
