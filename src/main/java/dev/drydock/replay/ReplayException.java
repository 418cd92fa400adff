package dev.drydock.replay;

import dev.drydock.source.Location;
import java.util.Objects;
import java.util.Optional;

/** The run itself failed, so that there is no verdict. */
public final class ReplayException extends Exception {
  private final transient Optional<Location> location;
  private final String remedy;

  /**
   * @param message what failed and what that prevents, in a sentence
   * @param location the statement it happened at
   * @param remedy what the reader can do about it
   */
  public ReplayException(
      String message, Optional<Location> location, String remedy, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.location = Objects.requireNonNull(location);
    this.remedy = Objects.requireNonNull(remedy);
  }

  /** A failure that is of no statement. */
  public ReplayException(String message, String remedy) {
    this(message, Optional.empty(), remedy, null);
  }

  /** The statement it happened at. */
  public Optional<Location> location() {
    return location;
  }

  /** What the reader can do about it. */
  public String remedy() {
    return remedy;
  }
}
