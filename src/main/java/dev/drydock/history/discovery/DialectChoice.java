package dev.drydock.history.discovery;

import dev.drydock.history.Dialect;
import dev.drydock.history.layout.DialectGuess;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Surroundings;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which database a history is for: what the user said goes before what it looks like. */
final class DialectChoice {
  private final Search search;
  private final boolean isNamed;

  /**
   * @param isNamed whether the user named the very files of the history, or their directory
   */
  private DialectChoice(Search search, boolean isNamed) {
    this.search = search;
    this.isNamed = isNamed;
  }

  /** For a history that was found in {@code directory}. */
  static DialectChoice of(Path directory, Search search) {
    return new DialectChoice(search, search.directories().contains(directory));
  }

  /** For files that the user named one by one. */
  static DialectChoice ofNamed(Search search) {
    return new DialectChoice(search, true);
  }

  Dialect dialect(Folder folder, List<SourceFile> files, Surroundings around) {
    if (isNamed && search.saysPostgresql()) {
      return Dialect.POSTGRESQL;
    }
    Optional<Dialect> told = told(folder, files, around);
    if (isNamed) {
      return told.orElse(Dialect.POSTGRESQL);
    }
    Dialect dialect = told.orElseGet(() -> byTexts(files));
    return dialect == Dialect.POSTGRESQL && DialectGuess.isForeign(files) ? Dialect.OTHER : dialect;
  }

  /** What the tool's own files say, else the lowest name above the migrations. */
  private static Optional<Dialect> told(
      Folder folder, List<SourceFile> files, Surroundings around) {
    Layout layout = folder.layout();
    return layout
        .dialect(folder.directory(), around)
        .or(() -> layout.dialect(folder.baseDirectory(), around))
        .or(() -> DialectGuess.ofNames(folder.directory(), files, around));
  }

  /**
   * Words are a guess, which gives way to what the user said of the repository; what is another
   * database's beyond doubt may lie in the same repository all the same.
   */
  private Dialect byTexts(List<SourceFile> files) {
    boolean said =
        search.saysPostgresql() || search.layout().isPresent() || !search.directories().isEmpty();
    return said
        ? DialectGuess.surelyOther(files).orElse(Dialect.POSTGRESQL)
        : DialectGuess.ofTexts(files);
  }
}
