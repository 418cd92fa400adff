package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where to look for migrations and what for.
 *
 * @param directory only histories in this directory or below it; when no layout recognises it, its
 *     SQL files are a history in the order of their names
 * @param layout only histories of this layout
 * @param touchedOnly leave out histories of which the change touches no file; reading them is saved
 */
public record Search(Optional<Path> directory, Optional<Layout> layout, boolean touchedOnly) {
  public Search {
    directory = directory.map(Path::normalize);
    Objects.requireNonNull(layout);
  }

  /** All histories that are recognised. */
  public static Search everywhere() {
    return new Search(Optional.empty(), Optional.empty(), false);
  }

  public Search in(Path only) {
    return new Search(Optional.of(only), layout, touchedOnly);
  }

  public Search as(Layout only) {
    return new Search(directory, Optional.of(only), touchedOnly);
  }

  public Search touched() {
    return new Search(directory, layout, true);
  }
}
