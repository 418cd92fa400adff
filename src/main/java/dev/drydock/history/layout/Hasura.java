package dev.drydock.history.layout;

import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hasura: {@code migrations/<database>/<number>_<name>/up.sql} and {@code down.sql} of a project
 * with {@code metadata}, ordered by the number.
 */
final class Hasura extends Layout {
  /** As in its cli/migrate/source/parse.go, which puts a point between folder and file. */
  private static final Pattern FOLDER = Pattern.compile("(\\d+)_(.*)");

  private static final Pattern UP = Pattern.compile("up\\.sql");

  /** As newer versions of its command line tool look for it: nothing else on the first line. */
  private static final Pattern NO_TRANSACTION =
      Pattern.compile("\\A[ \\t]*-- hasura:no-transaction[ \\t]*(?:\\r?\\n|\\z)");

  private static final String MIGRATIONS = "migrations";

  /** Of which a project has one, whatever version of the tool wrote it. */
  private static final List<String> METADATA =
      List.of("metadata/version.yaml", "metadata/databases/databases.yaml", "metadata/tables.yaml");

  @Override
  public String id() {
    return "hasura";
  }

  @Override
  public String tool() {
    return "Hasura";
  }

  @Override
  public boolean isNested() {
    return true;
  }

  @Override
  public boolean recognises(Place place) {
    return place.nested()
        && place.anyNamed(UP)
        && (place
                .around()
                .nearest(place.directory(), "config.yaml")
                .map(config -> metadata(config, place.around()).resolve("version.yaml"))
                .filter(place.around()::has)
                .isPresent()
            || Folders.upwards(place.directory()).stream()
                .filter(folder -> Folders.name(folder).equals(MIGRATIONS))
                .map(Folders::of)
                .anyMatch(project -> isProject(project, place.around())));
  }

  /**
   * By its name where the settings are not in the repository, as those with a secret may not be.
   */
  private static boolean isProject(Path folder, Surroundings around) {
    return Folders.name(folder).equals("hasura")
        || METADATA.stream().anyMatch(file -> around.has(folder.resolve(file)));
  }

  /** Where a project keeps its metadata. */
  private static Path metadata(Path config, Surroundings around) {
    String named =
        around
            .settings(config, Settings::yaml)
            .text("metadata_directory")
            // No path has this character.
            .filter(directory -> directory.indexOf('\0') < 0)
            .orElse("metadata");
    return Folders.of(config).resolve(named).normalize();
  }

  @Override
  public Role role(Path file) {
    Matcher folder = FOLDER.matcher(Folders.name(Folders.of(file)));
    String name = Folders.name(file);
    if (!name.endsWith(".sql") || !folder.matches()) {
      return new Role.Other();
    }
    Version version = Version.numbered(folder.group(1));
    return switch (name) {
      case "up.sql" -> new Role.Forward(version, words(folder.group(2)));
      case "down.sql" -> new Role.Backward(version);
      default -> new Role.Stray();
    };
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.folder(newest, FOLDER, "_" + word);
  }

  @Override
  public String pattern() {
    return "<number>_<name>/up.sql";
  }

  @Override
  public String whenEdited() {
    return "Hasura keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "new databases are built without it, and Hasura cannot take it back on those that ran it";
  }

  @Override
  public String whenRenamed() {
    return "Hasura knows a migration by its number, so databases that ran it under the old one run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "Hasura runs it after that one on databases that have it, and before it on new ones";
  }

  @Override
  public String whenTwice() {
    return "Hasura refuses the second of a number";
  }

  @Override
  public String whenIgnored() {
    return "Hasura passes over it without a word";
  }

  /** A file goes to the server as one call of run_sql, which wraps it in a transaction. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return NO_TRANSACTION.matcher(file.text()).find()
        ? Transaction.IMPLICIT
        : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "begin it with the line `-- hasura:no-transaction`, which new versions of the Hasura CLI know";
  }

  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    return marked(
        migration, file, "-- hasura:no-transaction" + file.lineBreak(), Transaction.IMPLICIT);
  }

  /** What it has run it notes in a database of its own. */
  @Override
  public String prelude() {
    return "";
  }
}
