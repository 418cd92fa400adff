package dev.drydock.github;

import dev.drydock.source.LineMap;
import dev.drydock.source.Location;
import java.util.Optional;

/** Whole lines of a file, from 1, the last one included. */
record Lines(int first, int last) {

  static Lines of(Location location) {
    boolean endsBefore = location.endColumn() == 1 && location.endLine() > location.startLine();
    return new Lines(location.startLine(), location.endLine() - (endsBefore ? 1 : 0));
  }

  /** Where they are in another version of the file; nothing when they are not all there. */
  Optional<Lines> in(LineMap map) {
    int begin = map.line(first).orElse(0);
    int end = map.line(last).orElse(0);
    return begin > 0 && end - begin == last - first
        ? Optional.of(new Lines(begin, end))
        : Optional.empty();
  }
}
