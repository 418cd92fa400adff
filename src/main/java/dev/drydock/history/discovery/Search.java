package dev.drydock.history.discovery;

import dev.drydock.history.layout.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where to look for migrations and what for.
 *
 * @param directories only histories in one of these or below it; when no layout recognises one, its
 *     SQL files are a history in the order of their names. Empty for no such limit
 * @param layout only histories of this layout
 * @param touchedOnly leave out histories of which the change touches no file; reading them is saved
 * @param saysPostgresql whether the user said that PostgreSQL is what the migrations are for
 */
public record Search(
    List<Path> directories, Optional<Layout> layout, boolean touchedOnly, boolean saysPostgresql) {
  public Search {
    directories = directories.stream().map(Path::normalize).distinct().toList();
    Objects.requireNonNull(layout);
  }

  /** All histories that are recognised. */
  public static Search everywhere() {
    return new Search(List.of(), Optional.empty(), false, false);
  }

  /** The same search in one directory and below it. */
  public Search in(Path only) {
    return in(List.of(only));
  }

  /** The same search in these directories and below them. */
  public Search in(List<Path> only) {
    return new Search(only, layout, touchedOnly, saysPostgresql);
  }

  /** The same search for one layout. */
  public Search as(Layout only) {
    return new Search(directories, Optional.of(only), touchedOnly, saysPostgresql);
  }

  /** The same search without histories of which the change touches no file. */
  public Search touched() {
    return new Search(directories, layout, true, saysPostgresql);
  }

  /** The same search for what the user said to be PostgreSQL's. */
  public Search forPostgresql() {
    return new Search(directories, layout, touchedOnly, true);
  }
}
