package dev.drydock.engine.postgres.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the directory of a run is made.
 *
 * @param directory in which it is made
 * @param roomier where it is made instead when it turns out that there is too little room; absent
 *     where there is room for all that a replay may take
 */
public record RunPlace(Path directory, Optional<Path> roomier) {

  /** One with room for all that a replay may take. */
  public static RunPlace of(Path directory) {
    return new RunPlace(directory, Optional.empty());
  }

  RunPlace withRoom() {
    return of(roomier.orElse(directory));
  }
}
