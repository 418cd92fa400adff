package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * postgres-shift: {@code <five digits>_<name>/index.sql}, or such a file, and all that is new in
 * one transaction.
 */
public final class PostgresShift extends NewestOnly {
  /** As in the tool's index.js. */
  private static final Pattern FOLDER = Pattern.compile("(\\d{5})_(.*)");

  private static final Pattern FILE = Pattern.compile("(\\d{5})_(.*)\\.(sql|[cm]?js)");

  /** The only file of a migration's own directory that the tool runs without code of its own. */
  public static final String SCRIPT = "index.sql";

  private static final String CODE = "index.js";

  /** Directories with code, which goes before SQL beside it. */
  private final Set<Path> coded;

  PostgresShift() {
    this(Set.of());
  }

  private PostgresShift(Set<Path> coded) {
    this.coded = Set.copyOf(coded);
  }

  /** Whether a directory is named as one of a migration's own. */
  public static boolean isMigration(Path folder) {
    return FOLDER.matcher(Folders.name(folder)).matches();
  }

  @Override
  public String id() {
    return "postgres-shift";
  }

  @Override
  public String tool() {
    return "postgres-shift";
  }

  @Override
  public boolean isNested() {
    return true;
  }

  @Override
  public boolean recognises(Place place) {
    return place.nested()
        && place.files().stream()
            .anyMatch(file -> Folders.name(file).equals(SCRIPT) && isMigration(Folders.of(file)));
  }

  @Override
  public Layout fitted(List<Path> files) {
    Set<Path> coded = new TreeSet<>();
    files.stream()
        .filter(file -> Folders.name(file).equals(CODE))
        .map(Folders::of)
        .forEach(coded::add);
    return new PostgresShift(coded);
  }

  @Override
  public Layout fittedToNamed(List<Path> files) {
    return fitted(files);
  }

  @Override
  public Role role(Path file) {
    Matcher folder = FOLDER.matcher(Folders.name(Folders.of(file)));
    if (folder.matches()) {
      boolean code = coded.contains(Folders.of(file));
      return Folders.name(file).equals(code ? CODE : SCRIPT)
          ? role(folder, code)
          : new Role.Other();
    }
    Matcher parts = FILE.matcher(Folders.name(file));
    return parts.matches() ? role(parts, !parts.group(3).equals("sql")) : Role.unnamed(file);
  }

  private static Role role(Matcher parts, boolean code) {
    Version version = Version.numbered(parts.group(1));
    return code
        ? new Role.Code(version)
        : new Role.Forward(version, words(parts.group(2).replace('-', '_')));
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return Folders.name(newest).equals(SCRIPT)
        ? NextName.folder(newest, FOLDER, "_" + word)
        : NextName.numbered(newest, FILE, "_" + word + ".sql");
  }

  @Override
  public String pattern() {
    return "<five digits>_<name>/" + SCRIPT;
  }

  @Override
  public String whenDeleted() {
    return "postgres-shift refuses to start where a number is missing";
  }

  @Override
  public String whenTwice() {
    return "postgres-shift refuses to start";
  }

  @Override
  public String whenGap() {
    return "postgres-shift refuses to start";
  }

  @Override
  public String whenIgnored() {
    return "postgres-shift passes over it without a word";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.PER_MIGRATION;
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
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return Optional.of(Dialect.POSTGRESQL);
  }

  /** As {@code ensureMigrationsTable} of the tool makes it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE migrations (
              migration_id serial PRIMARY KEY,
              created_at timestamp with time zone NOT NULL DEFAULT now(),
              name text
          );
          """;
  }
}
