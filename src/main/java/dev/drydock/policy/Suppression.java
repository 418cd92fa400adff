package dev.drydock.policy;

import dev.drydock.source.Location;
import java.util.Objects;

/**
 * Why a finding is not counted: somebody wrote so in the source.
 *
 * @param reason the author's words
 * @param location the comment
 */
public record Suppression(String reason, Location location) {
  public Suppression {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(location);
  }
}
