package dev.drydock.history;

import dev.drydock.source.SourceFile;
import java.util.Objects;

/**
 * A script that a migration tool runs at a fixed point around the migrations, on every run.
 *
 * @param event the point, as the tool names it, e.g. {@code beforeMigrate}
 */
public record Callback(String event, SourceFile file) {
  public Callback {
    Objects.requireNonNull(event);
    Objects.requireNonNull(file);
  }
}
