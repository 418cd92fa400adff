package dev.drydock.history;

import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The part of a file that a migration tool runs in one direction: all of it, or the section under a
 * marker.
 *
 * @param start offset of its first character in the file's text
 * @param end offset after its last character
 * @param preconditions all have to hold, or the tool passes over it
 * @param included the files that it has run where it names them, and those that these do
 * @param mayFail whether the tool goes on after it where it fails
 */
public record Script(
    SourceFile file,
    int start,
    int end,
    List<Precondition> preconditions,
    Map<Inclusion, SourceFile> included,
    boolean mayFail) {

  /**
   * The place where a file is asked for.
   *
   * @param by the file that asks for it
   * @param name what it is called there
   */
  public record Inclusion(Path by, String name) {}

  public Script {
    Objects.requireNonNull(file);
    Objects.checkFromToIndex(start, end, file.text().length());
    preconditions = List.copyOf(preconditions);
    included = Map.copyOf(included);
  }

  /** A part that names no other files. */
  public Script(SourceFile file, int start, int end, List<Precondition> preconditions) {
    this(file, start, end, preconditions, Map.of(), false);
  }

  /** A part that is run whatever the database has. */
  public Script(SourceFile file, int start, int end) {
    this(file, start, end, List.of());
  }

  /** All of {@code file}. */
  public static Script whole(SourceFile file) {
    return new Script(file, 0, file.text().length());
  }

  /** The same with the files that are known to be asked for. */
  public Script including(Map<Inclusion, SourceFile> files) {
    return new Script(file, start, end, preconditions, files, mayFail);
  }

  /** The same where the tool goes on after it when it fails. */
  public Script thatMayFail() {
    return new Script(file, start, end, preconditions, included, true);
  }

  /** The file that one of these asks for. */
  public Optional<SourceFile> included(Path by, String name) {
    return Optional.ofNullable(included.get(new Inclusion(by, name)));
  }

  public boolean isWhole() {
    return start == 0 && end == file.text().length();
  }

  /** The part of the file that is run. */
  public String text() {
    return file.text().substring(start, end);
  }
}
