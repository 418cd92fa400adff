package dev.drydock.history;

import dev.drydock.source.SourceFile;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One migration as its tool sees it.
 *
 * @param description the words of the file name, e.g. {@code add orders}; may be empty
 * @param file the file that holds the forward script
 * @param placeholders whether the tool fills in placeholders in this file, given that it does in
 *     others of the history
 */
public record Migration(
    Version version,
    String description,
    SourceFile file,
    Script up,
    Optional<Script> down,
    Transaction transaction,
    boolean placeholders) {
  public Migration {
    Objects.requireNonNull(version);
    Objects.requireNonNull(description);
    Objects.requireNonNull(file);
    Objects.requireNonNull(up);
    Objects.requireNonNull(down);
    Objects.requireNonNull(transaction);
  }

  /** A migration whose placeholders the tool fills in as in the rest of its history. */
  public Migration(
      Version version,
      String description,
      SourceFile file,
      Script up,
      Optional<Script> down,
      Transaction transaction) {
    this(version, description, file, up, down, transaction, true);
  }

  /** Its file, and those that this has run where it names them. */
  public Stream<SourceFile> files() {
    return Stream.concat(Stream.of(file), up.included().values().stream());
  }
}
