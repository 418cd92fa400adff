package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Integrity;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prisma Migrate: {@code migrations/<time>_<name>/migration.sql}, ordered by directory name. */
final class Prisma extends Layout {
  private static final Pattern PROVIDER =
      Pattern.compile("(?m)^\\s*provider\\s*=\\s*\"([A-Za-z]+)\"");
  private static final Pattern FOLDER = Pattern.compile("\\d{14}_.*|0+_init");
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)_.*");
  private static final String SCRIPT = "migration.sql";
  private static final String LOCK = "migration_lock.toml";

  /** Directories that have files and no script, by one of those. */
  private final Map<Path, Path> empty;

  Prisma() {
    this(Map.of());
  }

  private Prisma(Map<Path, Path> empty) {
    this.empty = new TreeMap<>(empty);
  }

  @Override
  public Layout in(List<Path> files, Surroundings tree) {
    Map<Path, Path> none = new TreeMap<>();
    for (Path file : files) {
      Path folder = Folders.of(file);
      if (NUMBERED.matcher(Folders.name(folder)).matches() && !tree.has(folder.resolve(SCRIPT))) {
        none.putIfAbsent(folder, file);
      }
    }
    return new Prisma(none);
  }

  /**
   * Prisma takes each directory for a migration. Where one without was there before, it is not
   * Prisma that looks at them.
   */
  @Override
  public List<Integrity> problems(Surroundings base, Surroundings head) {
    boolean passed =
        empty.entrySet().stream()
            .anyMatch(
                entry -> base.has(entry.getValue()) && !base.has(entry.getKey().resolve(SCRIPT)));
    return passed ? List.of() : missing(base);
  }

  private List<Integrity> missing(Surroundings base) {
    return empty.entrySet().stream()
        .filter(entry -> !base.has(entry.getValue()) && !base.has(entry.getKey().resolve(SCRIPT)))
        .map(
            entry ->
                new Integrity(
                    Integrity.Kind.MISSING,
                    Location.startOf(entry.getValue()),
                    Folders.name(entry.getKey()),
                    "Prisma takes each directory for a migration, and migrate deploy stops at one without %s (P3015)."
                        .formatted(SCRIPT),
                    Optional.empty()))
        .toList();
  }

  @Override
  public String id() {
    return "prisma";
  }

  @Override
  public String tool() {
    return "Prisma";
  }

  @Override
  public boolean isNested() {
    return true;
  }

  @Override
  public boolean recognises(Place place) {
    return place.nested()
        && place.anyNamed(Pattern.compile("migration\\.sql"))
        && (place.has(LOCK) || place.anyFolderNamed(FOLDER));
  }

  @Override
  public Role role(Path file) {
    Path folder = Folders.of(file);
    String name = Folders.name(file);
    if (!name.endsWith(".sql")) {
      return new Role.Other();
    }
    if (name.equals(SCRIPT) && !Folders.name(folder).isEmpty()) {
      String version = Folders.name(folder);
      return new Role.Forward(
          Version.textual(version), words(version.substring(version.indexOf('_') + 1)));
    }
    if (empty.containsKey(folder)) {
      return new Role.Other();
    }
    // Not Prisma's, but a custom of its users: the way back, to be run by hand.
    return name.equals("down.sql")
        ? new Role.Backward(Version.textual(Folders.name(folder)))
        : new Role.Stray();
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.folder(newest, NUMBERED, "_" + word);
  }

  @Override
  public String pattern() {
    return "<version>_<name>/migration.sql";
  }

  /** Line ends do not count: schema-engine's checksum.rs tries both. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return SqlText.sameLines(base.text(), head.text());
  }

  @Override
  public String whenEdited() {
    return "Prisma does not run it again there; migrate deploy goes on without a word, and migrate dev finds another checksum and asks to reset the database";
  }

  @Override
  public String whenDeleted() {
    return "new databases are built without it, and migrate dev asks to reset those that ran it";
  }

  @Override
  public String whenRenamed() {
    return "Prisma knows a migration by the name of its directory, so databases that ran it under the old name run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "migrate deploy runs it after that one without a word, and new databases before it";
  }

  @Override
  public String whenTwice() {
    return "Prisma cannot tell them apart";
  }

  @Override
  public String whenIgnored() {
    return "Prisma does not run it";
  }

  /** The script is one simple query, which the server makes one transaction. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.IMPLICIT;
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    Matcher provider = PROVIDER.matcher(around.text(directory.resolve(LOCK)).orElse(""));
    if (!provider.find()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (provider.group(1)) {
          case "postgresql", "postgres" -> Dialect.POSTGRESQL;
          case "mysql" -> Dialect.MYSQL;
          case "sqlite" -> Dialect.SQLITE;
          default -> Dialect.OTHER;
        });
  }

  /** As schema-engine's sql-schema-connector creates it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE _prisma_migrations (
              id                      VARCHAR(36) PRIMARY KEY NOT NULL,
              checksum                VARCHAR(64) NOT NULL,
              finished_at             TIMESTAMPTZ,
              migration_name          VARCHAR(255) NOT NULL,
              logs                    TEXT,
              rolled_back_at          TIMESTAMPTZ,
              started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
              applied_steps_count     INTEGER NOT NULL DEFAULT 0
          );
          """;
  }

  /**
   * A file is sent as one query, which the server makes one transaction unless it is one statement.
   */
  @Override
  public String howToGoWithoutTransaction() {
    return "one statement alone in its file has none";
  }
}
