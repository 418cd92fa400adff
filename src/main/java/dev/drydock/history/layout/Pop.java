package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pop: {@code <number>_<name>.up.sql} for every database, or with a database before {@code up}:
 * {@code <number>_<name>.postgres.up.sql}, which there takes the place of the former.
 */
final class Pop extends Layout {
  /** As {@code MigrationFileRegexp} of Ory's popx, with the fizz files of Pop itself. */
  private static final Pattern NAME =
      Pattern.compile("(\\d+)_([^.]+)(?:\\.([a-z0-9]+))??(\\.autocommit)?\\.(up|down)\\.(.+)");

  private static final String POSTGRES = "postgres";

  private final Optional<String> database;
  private final Set<OwnFile> ownFiles;

  /** One way of a version that a file for the database alone goes: the other may be generic. */
  private record OwnFile(Version version, String direction) {
    OwnFile(Matcher parts) {
      this(Version.numbered(parts.group(1)), parts.group(5));
    }
  }

  /**
   * @param database the one whose files count, as their names call it
   * @param ownFiles what the files for that database alone do
   */
  private Pop(Optional<String> database, Set<OwnFile> ownFiles) {
    this.database = database;
    this.ownFiles = Set.copyOf(ownFiles);
  }

  Pop() {
    this(Optional.empty(), Set.of());
  }

  @Override
  public String id() {
    return "pop";
  }

  @Override
  public String tool() {
    return "Pop";
  }

  /** What a name says beyond golang-migrate's: a database it knows, or no transaction, or fizz. */
  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.isMostly(NAME)
        && place.files().stream().anyMatch(Pop::isMarked);
  }

  private static boolean isMarked(Path file) {
    Matcher parts = NAME.matcher(Folders.name(file));
    return parts.matches()
        && parts.group(5).equals("up")
        && (parts.group(4) != null
            || parts.group(6).equals("fizz")
            || database(parts).flatMap(DialectGuess::ofName).isPresent());
  }

  /** The database a file is for; Pop knows each by several names. */
  private static Optional<String> database(Matcher parts) {
    return Optional.ofNullable(parts.group(3))
        .map(
            name ->
                switch (name) {
                  case "postgresql", "pg" -> POSTGRES;
                  case "sqlite" -> "sqlite3";
                  default -> name;
                });
  }

  /** For PostgreSQL where any file is; else for the database that most files are for. */
  @Override
  public Layout fitted(List<Path> files) {
    List<String> named =
        files.stream()
            .map(file -> NAME.matcher(Folders.name(file)))
            .filter(Matcher::matches)
            .flatMap(parts -> database(parts).stream())
            .toList();
    Optional<String> wanted =
        named.contains(POSTGRES) ? Optional.of(POSTGRES) : mostFrequent(named);
    Set<OwnFile> own = new HashSet<>();
    for (Path file : files) {
      Matcher parts = NAME.matcher(Folders.name(file));
      if (parts.matches() && wanted.isPresent() && database(parts).equals(wanted)) {
        own.add(new OwnFile(parts));
      }
    }
    return new Pop(wanted, own);
  }

  @Override
  public Layout fittedToNamed(List<Path> files) {
    return fitted(files);
  }

  private static Optional<String> mostFrequent(List<String> names) {
    return names.stream()
        .collect(Collectors.groupingBy(name -> name, Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Role.unnamed(file);
    }
    Version version = Version.numbered(parts.group(1));
    Optional<String> only = database(parts);
    boolean runs = only.isEmpty() ? !ownFiles.contains(new OwnFile(parts)) : only.equals(database);
    if (!runs) {
      return new Role.Other();
    }
    boolean up = parts.group(5).equals("up");
    if (!parts.group(6).equals("sql")) {
      return up ? new Role.Code(version) : new Role.Other();
    }
    return up ? new Role.Forward(version, words(parts.group(2))) : new Role.Backward(version);
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return database.flatMap(DialectGuess::ofName);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, "_" + word + ".up.sql");
  }

  @Override
  public String pattern() {
    return database
        .map("<number>_<name>.up.sql or <number>_<name>.%s.up.sql"::formatted)
        .orElse("<number>_<name>.up.sql");
  }

  @Override
  public String whenEdited() {
    return "Pop keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "new databases are built without it, and Pop does not notice on those that ran it";
  }

  @Override
  public String whenRenamed() {
    return "Pop knows a migration by its number alone, so databases that ran it under the old one run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "Pop runs it after that one on databases that have it, and before it on new ones";
  }

  @Override
  public String whenTwice() {
    return "Pop runs one of them and takes the other for done";
  }

  @Override
  public String whenIgnored() {
    return "Pop passes over it without a word";
  }

  /** Without a transaction the file is one simple query, as the driver sends what has no values. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    Matcher parts = NAME.matcher(Folders.name(file.path()));
    return parts.matches() && parts.group(4) != null
        ? Transaction.IMPLICIT
        : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "end its name in `.autocommit.up.sql`, which Ory's Pop runs without a transaction";
  }

  /** As {@code CreateSchemaMigrations} creates it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE IF NOT EXISTS schema_migration (version VARCHAR(255) NOT NULL);
          CREATE UNIQUE INDEX IF NOT EXISTS schema_migration_version_idx ON schema_migration (version);
          """;
  }
}
