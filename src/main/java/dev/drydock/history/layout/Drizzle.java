package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drizzle: the files that {@code meta/_journal.json} lists, in its order; from version 1 on {@code
 * <time>_<name>/migration.sql} beside a {@code snapshot.json}, in the order of the directories.
 */
final class Drizzle extends Layout {
  private static final Path JOURNAL = Path.of("meta", "_journal.json");
  private static final String SNAPSHOT = "snapshot.json";
  private static final String IN_FOLDER = "migration.sql";

  /** The entries of the journal are flat. */
  private static final Pattern ENTRY = Pattern.compile("\\{[^{}]*\"tag\"[^{}]*}");

  private static final Pattern TAG = Pattern.compile("\"tag\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern WHEN = Pattern.compile("\"when\"\\s*:\\s*(\\d+)");
  private static final Pattern DIALECT = Pattern.compile("\"dialect\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)_(.*)\\.sql");

  /** What the journal says of a file: where it stands there, and when it was made. */
  private record Listed(int place, BigInteger when) {}

  /** By name without ending; absent where each migration has a directory. */
  private final Optional<Map<String, Listed>> journal;

  private final Optional<Dialect> dialect;

  /** Names that only the journal of the other tree lists. */
  private final Set<String> unlisted;

  private Drizzle(
      Optional<Map<String, Listed>> journal, Optional<Dialect> dialect, Set<String> unlisted) {
    this.journal = journal;
    this.dialect = dialect;
    this.unlisted = unlisted;
  }

  private Drizzle(Optional<Map<String, Listed>> journal, Optional<Dialect> dialect) {
    this(journal, dialect, Set.of());
  }

  Drizzle() {
    this(Optional.of(Map.of()), Optional.empty());
  }

  /** Whether a directory belongs to Drizzle by what lies in it. */
  static boolean keepsJournal(Path directory, Surroundings around) {
    return around.has(directory.resolve(JOURNAL));
  }

  @Override
  public String id() {
    return "drizzle";
  }

  @Override
  public String tool() {
    return "Drizzle";
  }

  @Override
  public boolean isNested() {
    return journal.isEmpty();
  }

  @Override
  public boolean fits(boolean nested) {
    return true;
  }

  /** Drizzle stops when a file it lists is not there: a journal of none of them was given up. */
  @Override
  public boolean recognises(Place place) {
    if (place.nested()) {
      return place.anyBeside(SNAPSHOT);
    }
    Map<String, Listed> listed = listed(place.directory(), place.around());
    return place.files().stream().anyMatch(file -> listed.containsKey(stem(file)));
  }

  @Override
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    if (files.stream().anyMatch(file -> isInFolder(directory, file))) {
      Optional<String> snapshot =
          files.stream()
              .filter(file -> isInFolder(directory, file))
              .flatMap(file -> around.text(Folders.of(file).resolve(SNAPSHOT)).stream())
              .findFirst();
      return new Drizzle(Optional.empty(), snapshot.flatMap(Drizzle::dialectIn));
    }
    return new Drizzle(
        Optional.of(listed(directory, around)),
        around.text(directory.resolve(JOURNAL)).flatMap(Drizzle::dialectIn));
  }

  @Override
  public Layout fittedToNamed(List<Path> files) {
    boolean inFolders = files.stream().anyMatch(file -> Folders.name(file).equals(IN_FOLDER));
    return inFolders ? new Drizzle(Optional.empty(), dialect) : this;
  }

  @Override
  public Optional<Path> list(Path directory) {
    return journal.map(listed -> directory.resolve(JOURNAL));
  }

  /** A file may stay when its entry goes, and an entry may come back to a file. */
  @Override
  public Layout in(List<Path> files, Surroundings tree) {
    Optional<Path> directory =
        files.stream().map(Folders::of).filter(folder -> keepsJournal(folder, tree)).findFirst();
    if (journal.isEmpty() || directory.isEmpty()) {
      return this;
    }
    Set<String> others = new HashSet<>(journal.get().keySet());
    others.removeAll(listed(directory.get(), tree).keySet());
    return new Drizzle(journal, dialect, others);
  }

  private static boolean isInFolder(Path directory, Path file) {
    return Folders.name(file).equals(IN_FOLDER) && !Folders.of(file).equals(directory);
  }

  /** What the base lists comes first, so that what the head no longer lists keeps its place. */
  private static Map<String, Listed> listed(Path directory, Surroundings around) {
    Map<String, Listed> listed = new LinkedHashMap<>();
    Matcher entry = ENTRY.matcher(String.join("\n", around.texts(directory.resolve(JOURNAL))));
    while (entry.find()) {
      Matcher tag = TAG.matcher(entry.group());
      Matcher when = WHEN.matcher(entry.group());
      if (tag.find()) {
        BigInteger time = when.find() ? new BigInteger(when.group(1)) : BigInteger.ZERO;
        listed.putIfAbsent(tag.group(1), new Listed(listed.size(), time));
      }
    }
    return listed;
  }

  private static Optional<Dialect> dialectIn(String json) {
    return DIALECT
        .matcher(json)
        .results()
        .findFirst()
        .map(
            said ->
                switch (said.group(1)) {
                  case "postgresql", "postgres", "pg" -> Dialect.POSTGRESQL;
                  case "mysql" -> Dialect.MYSQL;
                  case "sqlite", "turso" -> Dialect.SQLITE;
                  default -> Dialect.OTHER;
                });
  }

  private static String stem(Path file) {
    return Folders.name(file).replaceFirst("\\.sql$", "");
  }

  @Override
  public Role role(Path file) {
    if (!Folders.name(file).endsWith(".sql") || unlisted.contains(stem(file))) {
      return new Role.Other();
    }
    return journal.map(listed -> listedRole(listed, file)).orElseGet(() -> roleInFolder(file));
  }

  /** Without a journal, as where the user says that files are Drizzle's, the numbers decide. */
  private static Role listedRole(Map<String, Listed> listed, Path file) {
    Matcher parts = NUMBERED.matcher(Folders.name(file));
    boolean numbered = parts.matches();
    String description = words(numbered ? parts.group(2) : stem(file));
    if (listed.isEmpty()) {
      return numbered
          ? new Role.Forward(Version.numbered(parts.group(1)), description)
          : new Role.Stray();
    }
    Listed here = listed.get(stem(file));
    if (here == null) {
      return new Role.Stray();
    }
    String text = numbered ? parts.group(1) : stem(file);
    return new Role.Forward(
        new Version.Versioned(text, List.of(BigInteger.valueOf(here.place()), here.when())),
        description);
  }

  private static Role roleInFolder(Path file) {
    String folder = Folders.name(Folders.of(file));
    return Folders.name(file).equals(IN_FOLDER) && !folder.isEmpty()
        ? new Role.Forward(
            Version.textual(folder), words(folder.substring(folder.indexOf('_') + 1)))
        : new Role.Stray();
  }

  /** A journal's versions are its places and times; the newest applied is the one made last. */
  @Override
  public Comparator<Version> age() {
    return journal.filter(listed -> !listed.isEmpty()).isEmpty()
        ? Comparator.naturalOrder()
        : Comparator.comparing(version -> ((Version.Versioned) version).numbers().getLast());
  }

  @Override
  public String pattern() {
    return journal.isPresent() ? "in its meta/_journal.json" : "<time>_<name>/migration.sql";
  }

  @Override
  public String whenRenamed() {
    return "Drizzle knows a migration by the name of its directory, so databases that ran it under the old name run it again";
  }

  /** Drizzle goes by the time that a journal gives it, whatever it is called. */
  @Override
  public Optional<String> whenRenamed(boolean sameVersion) {
    return journal.isPresent() ? Optional.empty() : super.whenRenamed(sameVersion);
  }

  @Override
  public boolean runsOlder() {
    return journal.isEmpty();
  }

  @Override
  public String whenOlder() {
    return journal.isPresent()
        ? "databases that have that one never run what the journal dates before it, without a word, and new ones do; generate it anew"
        : "databases that have that one run it after it, and new ones before it";
  }

  @Override
  public boolean keepsVersionOnce() {
    return false;
  }

  @Override
  public String whenTwice() {
    return "Drizzle runs both, in the order of their names";
  }

  @Override
  public String whenIgnored() {
    return "it will not be run";
  }

  @Override
  public boolean alwaysInTransaction() {
    return true;
  }

  @Override
  public boolean runsTogether(Path directory, List<Migration> pending, Surroundings around) {
    return true;
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.PER_MIGRATION;
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return dialect;
  }

  /** As the migrator of drizzle-orm for PostgreSQL makes it where it is told no other schema. */
  @Override
  public String prelude() {
    return """
          CREATE SCHEMA drizzle;
          CREATE TABLE drizzle.__drizzle_migrations (
              id          SERIAL PRIMARY KEY,
              hash        TEXT NOT NULL,
              created_at  BIGINT
          );
          """;
  }
}
