package dev.drydock.history;

import dev.drydock.source.SourceFile;
import java.util.List;
import java.util.Objects;

/**
 * The part of a file that a migration tool runs in one direction: all of it, or the section under a
 * marker.
 *
 * @param start offset of its first character in the file's text
 * @param end offset after its last character
 * @param preconditions all have to hold, or the tool passes over it
 */
public record Script(SourceFile file, int start, int end, List<Precondition> preconditions) {
  public Script {
    Objects.requireNonNull(file);
    Objects.checkFromToIndex(start, end, file.text().length());
    preconditions = List.copyOf(preconditions);
  }

  /** A part that is run whatever the database has. */
  public Script(SourceFile file, int start, int end) {
    this(file, start, end, List.of());
  }

  /** All of {@code file}. */
  public static Script whole(SourceFile file) {
    return new Script(file, 0, file.text().length());
  }

  public boolean isWhole() {
    return start == 0 && end == file.text().length();
  }

  /** The part of the file that is run. */
  public String text() {
    return file.text().substring(start, end);
  }
}
