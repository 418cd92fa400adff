package dev.drydock.github;

import dev.drydock.source.LineMap;
import java.util.Optional;

/** Whole lines of a file, from 1, the last one included. */
record Lines(int first, int last) {
  /**
   * Where they are in another version of the file; nothing when they are not all there, as they
   * are.
   */
  Optional<Lines> in(LineMap map) {
    return map.keeps(first, last)
        ? Optional.of(new Lines(map.line(first).orElseThrow(), map.line(last).orElseThrow()))
        : Optional.empty();
  }

  /** About where they are in another version of the file. */
  Lines near(LineMap map) {
    int begin = map.nearest(first);
    return new Lines(begin, Math.max(begin, map.nearest(last)));
  }
}
