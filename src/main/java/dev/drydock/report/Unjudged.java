package dev.drydock.report;

import dev.drydock.source.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What there is no verdict on, and why.
 *
 * @param directory of the history that could not be judged; empty when nothing could
 * @param message what failed and what that prevents, in a sentence
 * @param location the statement it happened at
 * @param remedy what the reader can do about it; empty when the message says it
 */
public record Unjudged(
    String directory, String message, Optional<Location> location, String remedy) {
  /** A stranger's report may name any number of them, each of which is told as a paragraph. */
  private static final int MOST_REMEDIES = 5;

  public Unjudged {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(message);
    Objects.requireNonNull(location);
    Objects.requireNonNull(remedy);
  }

  /** The remedy in the parts that are told one below the other, the likeliest first. */
  public List<String> remedies() {
    return remedy.isEmpty() ? List.of() : List.of(remedy.split(" (?=Otherwise: )", MOST_REMEDIES));
  }
}
