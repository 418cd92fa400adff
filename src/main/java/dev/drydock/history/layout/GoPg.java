package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * go-pg/migrations: {@code <number>_<name>.up.sql} and {@code .down.sql}, in a transaction where
 * {@code .tx} stands before that. Programs of their own have its names too.
 */
final class GoPg extends Layout {
  /** As in the tool's collection.go. */
  private static final Pattern NAME = Pattern.compile("(\\d+)_(.*?)(?:\\.tx)?\\.(up|down)\\.sql");

  private static final Pattern UP = Pattern.compile("\\d+_.*\\.up\\.sql");
  private static final Pattern IN_TRANSACTION = Pattern.compile("\\d+_.*\\.tx\\.(?:up|down)\\.sql");
  private static final Pattern CODE = Pattern.compile("(\\d+)_.*(?<!_test)\\.go");

  /** What lies between two of these is sent as one query. */
  private static final Pattern SPLIT = Pattern.compile("(?m)^--gopg:split\\r?$");

  private static final Layout UNKNOWN = PlainFiles.ofAnyName();

  private final boolean known;

  GoPg() {
    this(true);
  }

  /**
   * @param known whether it is the tool itself, and not one of which the names tell
   */
  private GoPg(boolean known) {
    this.known = known;
  }

  /** Whether the module uses it. */
  static boolean isUsed(Path directory, Surroundings around) {
    return around.mentions(directory, "go.mod", "go-pg/migrations");
  }

  @Override
  public String id() {
    return "go-pg";
  }

  @Override
  String tool() {
    return known ? "go-pg/migrations" : UNKNOWN.tool();
  }

  @Override
  boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(UP)
        && place.isMostly(NAME)
        && (isUsed(place.directory(), place.around())
            || (place.anyNamed(IN_TRANSACTION)
                && !place.around().mentions(place.directory(), "go.mod", "golang-migrate")));
  }

  @Override
  Layout fitted(Path directory, List<Path> files, Surroundings around) {
    return new GoPg(isUsed(directory, around));
  }

  @Override
  Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (parts.matches()) {
      Version version = numbered(parts.group(1));
      return parts.group(3).equals("up")
          ? new Role.Forward(version, words(parts.group(2)))
          : new Role.Backward(version);
    }
    Matcher code = CODE.matcher(name);
    if (code.matches()) {
      return new Role.Code(numbered(code.group(1)));
    }
    return Role.unnamed(file);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, "_" + word + ".up.sql");
  }

  @Override
  String pattern() {
    return "<number>_<name>.up.sql and <number>_<name>.tx.up.sql";
  }

  @Override
  String whenEdited() {
    return known
        ? "go-pg/migrations keeps no checksum and does not run it again there"
        : UNKNOWN.whenEdited();
  }

  @Override
  String whenDeleted() {
    return known
        ? "go-pg/migrations does not notice, and new databases are built without it"
        : UNKNOWN.whenDeleted();
  }

  @Override
  Optional<String> whenRenamed(boolean sameVersion) {
    if (!known) {
      return UNKNOWN.whenRenamed(sameVersion);
    }
    return sameVersion
        ? Optional.empty()
        : Optional.of(
            "go-pg/migrations goes by the newest number that a database has, so those below the new one run it again");
  }

  @Override
  Optional<String> whenLowered() {
    return known ? Optional.empty() : UNKNOWN.whenLowered();
  }

  @Override
  boolean runsRenamed(Version now, Version then) {
    return now.compareTo(then) > 0;
  }

  @Override
  boolean knowsByVersion() {
    return known;
  }

  @Override
  boolean runsOlder() {
    return !known;
  }

  @Override
  String whenOlder() {
    return known
        ? "go-pg/migrations runs what is newer than the newest number that a database has, so those that have that one never run it, without a word"
        : UNKNOWN.whenOlder();
  }

  @Override
  String whenTwice() {
    return known ? "go-pg/migrations refuses to start" : UNKNOWN.whenTwice();
  }

  @Override
  String whenIgnored() {
    return known ? "go-pg/migrations stops at a file with another name" : UNKNOWN.whenIgnored();
  }

  @Override
  Transaction transaction(SourceFile file, Surroundings around) {
    if (IN_TRANSACTION.matcher(Folders.name(file.path())).matches()) {
      return Transaction.PER_MIGRATION;
    }
    return SPLIT.matcher(file.text()).find() ? Transaction.NONE : Transaction.IMPLICIT;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "name the file .up.sql, without .tx, and give the statement a file of its own";
  }

  /** As its command {@code init} creates it. */
  @Override
  String prelude(Dialect dialect) {
    return known && dialect == Dialect.POSTGRESQL
        ? "CREATE TABLE gopg_migrations (id serial, version bigint, created_at timestamptz);\n"
        : "";
  }
}
