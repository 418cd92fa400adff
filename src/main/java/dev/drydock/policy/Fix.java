package dev.drydock.policy;

import dev.drydock.source.Location;
import java.util.Objects;

/**
 * A mechanical rewrite that answers a finding.
 *
 * @param location what it replaces
 * @param replacement the SQL that takes its place
 * @param follow SQL that has to go into a later migration; empty when nothing has to
 * @param outsideTransaction whether the replacement has to run in a migration without a transaction
 */
public record Fix(
    Location location, String replacement, String follow, boolean outsideTransaction) {
  public Fix {
    Objects.requireNonNull(location);
    Objects.requireNonNull(replacement);
    Objects.requireNonNull(follow);
  }
}
