package dev.drydock.source;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A span of a file, as reviewers and SARIF count it: lines and columns from 1, columns in UTF-16
 * code units, the end exclusive.
 *
 * @param file path relative to the root of the checkout, or as the user named it when there is no
 *     checkout
 */
public record Location(Path file, int startLine, int startColumn, int endLine, int endColumn)
    implements Comparable<Location> {

  public Location {
    Objects.requireNonNull(file);
    if (startLine < 1
        || startColumn < 1
        || endLine < startLine
        || (endLine == startLine && endColumn < startColumn)) {
      throw new IllegalArgumentException(
          "not a span: %s %d:%d-%d:%d".formatted(file, startLine, startColumn, endLine, endColumn));
    }
  }

  /** The first character of a file, for what concerns the file as a whole. */
  public static Location startOf(Path file) {
    return new Location(file, 1, 1, 1, 1);
  }

  /** By file, then from the top of the file to its end. */
  @Override
  public int compareTo(Location other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    int byLine = Integer.compare(startLine, other.startLine);
    if (byLine != 0) {
      return byLine;
    }
    int byColumn = Integer.compare(startColumn, other.startColumn);
    if (byColumn != 0) {
      return byColumn;
    }
    int byEndLine = Integer.compare(endLine, other.endLine);
    return byEndLine != 0 ? byEndLine : Integer.compare(endColumn, other.endColumn);
  }

  /** {@code file:line:column}, the form terminals make clickable. */
  @Override
  public String toString() {
    return file + ":" + startLine + ":" + startColumn;
  }
}
