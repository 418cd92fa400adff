package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** sqlx: {@code <number>_<name>.sql}, or {@code .up.sql} and {@code .down.sql}. */
public final class Sqlx extends Layout {
  private static final Pattern NAME = Pattern.compile("(\\d+)_(.*)\\.sql");

  /** Names that {@code migrate!} is given besides, for directories with nothing else in them. */
  private static final List<String> LIKELY = List.of("db", "database", "schema", "schemas");

  private static final Pattern UNNUMBERED = Pattern.compile("(?!\\d+_).*\\.sql");

  @Override
  public String id() {
    return "sqlx";
  }

  @Override
  public String tool() {
    return "sqlx";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(NAME)
        && (isNamedForMigrations(place.directory())
            || (place.isNamed(LIKELY) && !place.anyNamed(UNNUMBERED)))
        && isSetUp(place.directory(), place.around());
  }

  /** Of several databases, each may have a directory of its own among the migrations. */
  private static boolean isNamedForMigrations(Path directory) {
    return PlainFiles.isNamedForMigrations(directory)
        || (DialectGuess.ofName(Folders.name(directory)).isPresent()
            && PlainFiles.isNamedForMigrations(Folders.of(directory)));
  }

  /** Names are shared with other tools; what tells is the crate the directory belongs to. */
  private static boolean isSetUp(Path directory, Surroundings around) {
    if (around.nearest(directory, "sqlx.toml").isPresent()) {
      return true;
    }
    Optional<Path> project = around.nearest(directory, "Cargo.toml", "go.mod", "package.json");
    return project.filter(file -> Folders.name(file).equals("Cargo.toml")).isPresent()
        && around.mentions(directory, "Cargo.toml", "sqlx");
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Role.unnamed(file);
    }
    String rest = parts.group(2);
    if (rest.endsWith(".down")) {
      return new Role.Backward(Version.numbered(parts.group(1)));
    }
    String description = rest.endsWith(".up") ? rest.substring(0, rest.length() - 3) : rest;
    return new Role.Forward(Version.numbered(parts.group(1)), words(description));
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return DialectGuess.ofNames(directory)
        .or(() -> CargoFeatures.dialect("sqlx", directory, around));
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    String ending = Folders.name(newest).endsWith(".up.sql") ? ".up.sql" : ".sql";
    return NextName.numbered(newest, NAME, "_" + word + ending);
  }

  @Override
  public String pattern() {
    return "<number>_<name>.sql";
  }

  /** The checksum is over the text as it is. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return base.text().equals(head.text());
  }

  @Override
  public String whenEdited() {
    return "sqlx compares a checksum of the bytes and refuses to migrate databases that ran it";
  }

  @Override
  public String whenDeleted() {
    return "sqlx refuses to migrate databases that ran it, unless it is told to ignore missing migrations";
  }

  @Override
  public String whenRenamed() {
    return "sqlx knows a migration by its number, so databases that ran it under the old one miss that and run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "sqlx runs it after that one on databases that have it, and before it on new ones";
  }

  @Override
  public String whenTwice() {
    return "sqlx takes the second for an edited first, or fails on the key of its table";
  }

  @Override
  public String whenIgnored() {
    return "sqlx passes over a name without an underscore and refuses one without a number";
  }

  /** The comment counts only as the very first bytes of the file. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return file.text().startsWith("-- no-transaction")
        ? Transaction.IMPLICIT
        : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "put `-- no-transaction` on its first line";
  }

  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    return marked(migration, file, "-- no-transaction" + file.lineBreak(), Transaction.IMPLICIT);
  }

  /** As {@code ensure_migrations_table} of each driver creates it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE IF NOT EXISTS _sqlx_migrations (
              version BIGINT PRIMARY KEY,
              description TEXT NOT NULL,
              installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
              success BOOLEAN NOT NULL,
              checksum BYTEA NOT NULL,
              execution_time BIGINT NOT NULL
          );
          """;
  }
}
