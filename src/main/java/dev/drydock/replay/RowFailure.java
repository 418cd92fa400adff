package dev.drydock.replay;

import java.util.Objects;

/**
 * How the server refused a statement while generated rows stood in the tables; without them it went
 * through.
 *
 * @param certain whether any other row would have been refused as well: a column is missing that
 *     nothing in the change fills, or what every row gets breaks a check
 * @param across whether an earlier migration of the change adds that column: where they come apart,
 *     a release may have filled it in between
 */
public record RowFailure(Outcome.Failed failed, boolean certain, boolean across) {
  public RowFailure {
    Objects.requireNonNull(failed);
  }
}
