package dev.drydock.history;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A migration that its tool runs and that is not SQL, so that a replay passes it over.
 *
 * @param pending whether the change adds it
 */
public record CodeMigration(Version version, Path file, boolean pending) {
  public CodeMigration {
    Objects.requireNonNull(version);
    Objects.requireNonNull(file);
  }
}
