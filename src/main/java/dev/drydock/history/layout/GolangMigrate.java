package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** golang-migrate: {@code <number>_<name>.up.sql} and {@code .down.sql}. */
final class GolangMigrate extends Layout {
  /** As in the tool's source/parse.go. */
  private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.(down|up)\\.(.*)");

  private static final Pattern UP = Pattern.compile("[0-9]+_.*\\.up\\.sql");

  /** Numbered files of one direction, of which golang-migrate runs none. */
  private static final Pattern OTHER = Pattern.compile("[0-9]+_.*(?<!\\.(?:up|down))\\.sql");

  @Override
  public String id() {
    return "golang-migrate";
  }

  @Override
  String tool() {
    return "golang-migrate";
  }

  @Override
  boolean recognises(Place place) {
    return !place.nested() && place.anyNamed(UP) && place.countNamed(UP) >= place.countNamed(OTHER);
  }

  @Override
  Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return name.endsWith(".sql") ? new Role.Stray() : new Role.Other();
    }
    boolean up = parts.group(3).equals("up");
    if (!parts.group(4).equals("sql")) {
      return up ? new Role.Code(numbered(parts.group(1))) : new Role.Other();
    }
    return up
        ? new Role.Forward(numbered(parts.group(1)), words(parts.group(2)))
        : new Role.Backward(numbered(parts.group(1)));
  }

  @Override
  String pattern() {
    return "<number>_<name>.up.sql";
  }

  @Override
  String whenEdited() {
    return "golang-migrate keeps no checksum and does not run it again there";
  }

  @Override
  String whenDeleted() {
    return "new databases are built without it, and golang-migrate stops on one that stands at this version";
  }

  @Override
  String whenRenamed(boolean sameVersion) {
    return sameVersion
        ? "golang-migrate knows it by its number and does not run it again"
        : "golang-migrate knows a migration by its number alone, so databases past the old number may run it again";
  }

  @Override
  String whenOlder() {
    return "golang-migrate keeps only the newest number, so databases that have that one never run it, without a word";
  }

  @Override
  String whenTwice() {
    return "golang-migrate refuses to start";
  }

  @Override
  String whenIgnored() {
    return "golang-migrate passes over it without a word";
  }

  /** The file is one simple query, which the server makes one transaction. */
  @Override
  Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.IMPLICIT;
  }

  /** As {@code ensureVersionTable} of each database driver creates it. */
  @Override
  String prelude(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL, MYSQL ->
          "CREATE TABLE IF NOT EXISTS schema_migrations (version bigint not null primary key, dirty boolean not null);\n";
      case SQLITE ->
          """
          CREATE TABLE IF NOT EXISTS schema_migrations (version uint64,dirty bool);
          CREATE UNIQUE INDEX IF NOT EXISTS version_unique ON schema_migrations (version);
          """;
      case OTHER -> "";
    };
  }

  /**
   * A file is sent as one query, which the server makes one transaction unless it is one statement.
   */
  @Override
  public String howToGoWithoutTransaction() {
    return "give the statement a file of its own";
  }
}
