package dev.drydock.history.layout;

import dev.drydock.history.Version;
import java.nio.file.Path;

/** What a file among migrations is to the tool, going by its name. */
public sealed interface Role {

  /**
   * A migration in SQL.
   *
   * @param baseline whether it stands for all migrations up to its version on a new database
   */
  record Forward(Version version, String description, boolean baseline) implements Role {
    Forward(Version version, String description) {
      this(version, description, false);
    }
  }

  /** The way back from a migration. */
  record Backward(Version version) implements Role {}

  /** A migration that is not SQL. */
  record Code(Version version) implements Role {}

  /** A script that is run at each event of this name. */
  record Event(String name) implements Role {}

  /** An SQL file that the tool passes over or refuses. */
  record Stray() implements Role {}

  /** No business of the tool's. */
  record Other() implements Role {}

  /** Of a file with a name that the tool does not take: SQL may have been meant for it. */
  static Role unnamed(Path file) {
    return Folders.name(file).endsWith(".sql") ? new Stray() : new Other();
  }
}
