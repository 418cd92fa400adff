package dev.drydock.history;

import dev.drydock.source.SourceFile;
import java.util.Objects;

/**
 * A script that a migration tool runs at a fixed point around the migrations.
 *
 * @param event the point, as the tool names it, e.g. {@code beforeMigrate}; or {@link
 *     #NEW_DATABASE}
 */
public record Callback(String event, SourceFile file) {
  /** The point where the database has been made and nothing was run there. */
  public static final String NEW_DATABASE = "newDatabase";

  public Callback {
    Objects.requireNonNull(event);
    Objects.requireNonNull(file);
  }
}
