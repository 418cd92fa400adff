package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** diesel: {@code migrations/<version>_<name>/up.sql}, ordered by the text of the version. */
final class Diesel extends Layout {
  private static final Pattern FOLDER = Pattern.compile("\\d[\\d-]*_.+");
  private static final Pattern NUMBERED = Pattern.compile("(\\d(?:[\\d-]*\\d)?)_.*");
  private static final Pattern UP = Pattern.compile("up\\.sql");
  private static final String METADATA = "metadata.toml";

  @Override
  public String id() {
    return "diesel";
  }

  @Override
  public String tool() {
    return "diesel";
  }

  @Override
  public boolean isNested() {
    return true;
  }

  @Override
  public boolean recognises(Place place) {
    return place.nested()
        && place.anyNamed(UP)
        && (place.anyFolderNamed(FOLDER)
            || place.anyBeside(METADATA)
            || place.around().nearest(place.directory(), "diesel.toml").isPresent());
  }

  @Override
  public Role role(Path file) {
    String folder = Folders.name(Folders.of(file));
    String name = Folders.name(file);
    // migrations_internals: directories whose name begins with a dot do not count.
    if (!name.endsWith(".sql") || folder.startsWith(".")) {
      return new Role.Other();
    }
    int underscore = folder.indexOf('_');
    String before = underscore < 0 ? folder : folder.substring(0, underscore);
    String version = before.replace("-", "");
    return switch (name) {
      case "up.sql" ->
          new Role.Forward(Version.textual(version), words(folder.substring(underscore + 1)));
      case "down.sql" -> new Role.Backward(Version.textual(version));
      default -> new Role.Stray();
    };
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return DialectGuess.ofNames(directory)
        .or(() -> CargoFeatures.dialect("diesel", directory, around));
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.folder(newest, NUMBERED, "_" + word);
  }

  @Override
  public String pattern() {
    return "<version>_<name>/up.sql";
  }

  @Override
  public String whenEdited() {
    return "diesel keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "new databases are built without it, and diesel cannot revert it on those that ran it";
  }

  @Override
  public String whenRenamed() {
    return "diesel knows a migration by its version, so databases that ran it under the old one run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "diesel runs it after that one on databases that have it, and before it on new ones";
  }

  @Override
  public String whenTwice() {
    return "diesel fails on the second, whose version is already in its table";
  }

  @Override
  public String whenIgnored() {
    return "diesel does not run it";
  }

  /**
   * A {@code metadata.toml} without the key switches the transaction off, because the flag's
   * standard value when the file is read is not the one used when there is no file
   * (migrations_internals, {@code TomlMetadata}); a malformed one counts as none.
   */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    Path metadata = Folders.of(file.path()).resolve(METADATA);
    Optional<Settings> settings = around.text(metadata).flatMap(TomlSettings::read);
    if (settings.isEmpty()) {
      return Transaction.PER_MIGRATION;
    }
    boolean absent = settings.get().text("run_in_transaction").isEmpty();
    boolean wraps = absent ? false : settings.get().flag("run_in_transaction").orElse(true);
    return wraps ? Transaction.PER_MIGRATION : Transaction.IMPLICIT;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "put a metadata.toml beside it with `run_in_transaction = false`";
  }

  /** From diesel's setup_migration_table.sql; the same for every database. */
  @Override
  public String prelude() {
    return """
      CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
             version VARCHAR(50) PRIMARY KEY NOT NULL,
             run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
      );
      """;
  }
}
