package dev.drydock.history;

import dev.drydock.source.SourceFile;
import java.util.Objects;
import java.util.Optional;

/**
 * One migration as its tool sees it.
 *
 * @param description the words of the file name, e.g. {@code add orders}; may be empty
 * @param file the file that holds the forward script
 */
public record Migration(
    Version version,
    String description,
    SourceFile file,
    Script up,
    Optional<Script> down,
    Transaction transaction) {
  public Migration {
    Objects.requireNonNull(version);
    Objects.requireNonNull(description);
    Objects.requireNonNull(file);
    Objects.requireNonNull(up);
    Objects.requireNonNull(down);
    Objects.requireNonNull(transaction);
  }
}
