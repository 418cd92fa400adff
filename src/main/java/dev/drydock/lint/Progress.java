package dev.drydock.lint;

import java.nio.file.Path;

/** Is told what a run is doing, so that somebody who waits can see it. */
public interface Progress {

  /** Something that may take a while, in a few words, e.g. {@code starting PostgreSQL 17}. */
  void doing(String what);

  /**
   * A migration is about to be replayed.
   *
   * @param index from 1, among the migrations of its history
   */
  void replaying(Path migration, int index, int total);

  /** Nobody is told. */
  static Progress none() {
    return new Progress() {
      @Override
      public void doing(String what) {}

      @Override
      public void replaying(Path migration, int index, int total) {}
    };
  }
}
