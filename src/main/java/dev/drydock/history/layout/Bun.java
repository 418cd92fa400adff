package dev.drydock.history.layout;

import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bun, the ORM for Go: {@code <number>_<name>.up.sql} and {@code .down.sql}, in a transaction where
 * {@code .tx} stands before that.
 */
final class Bun extends Layout {
  /** As in its migrate/migrations.go. */
  private static final Pattern NAME =
      Pattern.compile("(\\d{1,14})_([0-9a-z_-]+)\\.(?:.*\\.)?(up|down)\\.sql");

  private static final Pattern IN_TRANSACTION =
      Pattern.compile("\\d{1,14}_[0-9a-z_-]+\\.tx\\.(?:up|down)\\.sql");
  private static final Pattern UP = Pattern.compile("\\d{1,14}_[0-9a-z_-]+\\.up\\.sql");

  /** What lies between two of these is sent as one query. */
  private static final Pattern SPLIT = Pattern.compile("(?m)^--bun:split\\r?$");

  @Override
  public String id() {
    return "bun";
  }

  @Override
  public String tool() {
    return "Bun";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.isMostly(NAME)
        && !GoPg.isUsed(place.directory(), place.around())
        && (place.anyNamed(IN_TRANSACTION) || place.anySampleHas(UP, SPLIT));
  }

  @Override
  public Role role(Path file) {
    Matcher parts = NAME.matcher(Folders.name(file));
    if (!parts.matches()) {
      return Role.unnamed(file);
    }
    return parts.group(3).equals("up")
        ? new Role.Forward(Version.textual(parts.group(1)), words(parts.group(2)))
        : new Role.Backward(Version.textual(parts.group(1)));
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, "_" + word + ".up.sql");
  }

  @Override
  public String pattern() {
    return "<number>_<name>.up.sql and <number>_<name>.tx.up.sql";
  }

  @Override
  public String whenEdited() {
    return "Bun keeps no checksum and does not run it again there";
  }

  @Override
  public String whenRenamed() {
    return "Bun knows a migration by its number, so databases that ran it under the old one run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "Bun runs it after that one on databases that have it, and before it on new ones";
  }

  @Override
  public String whenTwice() {
    return "Bun refuses the second of a number";
  }

  @Override
  public String whenIgnored() {
    return "Bun passes over other endings and stops at another name";
  }

  /** The mark is put between statements that are to commit one by one. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return GoPg.transaction(file, IN_TRANSACTION, SPLIT);
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "name the file .up.sql, without .tx, and put a line `--bun:split` between its statements";
  }

  /** As {@code Migrator.Init} creates them. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE bun_migrations (
              id           BIGSERIAL PRIMARY KEY,
              name         VARCHAR,
              group_id     BIGINT,
              migrated_at  TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
          );
          CREATE TABLE bun_migration_locks (
              id           BIGSERIAL PRIMARY KEY,
              table_name   VARCHAR UNIQUE
          );
          """;
  }
}
