package dev.drydock.policy;

import dev.drydock.source.Location;
import java.util.Objects;

/**
 * Another place that belongs to a finding.
 *
 * @param message what is there, in a few words
 */
public record Related(Location location, String message) {
  public Related {
    Objects.requireNonNull(location);
    Objects.requireNonNull(message);
  }
}
