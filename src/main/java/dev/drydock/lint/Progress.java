package dev.drydock.lint;

import java.nio.file.Path;

/** Is told what a run is doing, so that somebody who waits can see it. */
public interface Progress {

  /**
   * A migration is about to be replayed.
   *
   * @param index from 1, among the migrations of its history
   */
  void replaying(Path migration, int index, int total);
}
