package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * golang-migrate: {@code <number>_<name>.up.sql} and {@code .down.sql}; where the program around it
 * picks the files of one database, {@code .up.postgres.sql}.
 */
public final class GolangMigrate extends NewestOnly {
  /** As in the tool's source/parse.go. */
  private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.(down|up)\\.(.*)");

  private static final Pattern OF_DATABASE = Pattern.compile("([A-Za-z0-9]+)\\.sql");

  /** The tool asks nothing of what follows the direction; these are called so for editors. */
  private static final String SQL = "(?:sql|pgsql|psql)";

  private static final Pattern UP = Pattern.compile("[0-9]+_.*\\.up\\." + SQL);

  private static final Pattern DOWN = Pattern.compile("[0-9]+_.*\\.down\\." + SQL);

  /** Numbered files of one direction, of which golang-migrate runs none. */
  private static final Pattern OTHER = Pattern.compile("[0-9]+_.*(?<!\\.(?:up|down))\\.sql");

  private final Optional<String> database;

  GolangMigrate() {
    this(Optional.empty());
  }

  /**
   * @param database the one whose files count besides those of all, as their names call it
   */
  private GolangMigrate(Optional<String> database) {
    this.database = database;
  }

  @Override
  public String id() {
    return "golang-migrate";
  }

  @Override
  public String tool() {
    return "golang-migrate";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && (!databases(place.files()).isEmpty()
            || (place.anyNamed(UP)
                && place.countNamed(UP) >= place.countNamed(OTHER)
                && (!place.anyNamed(OTHER) || place.anyNamed(DOWN) || isSetUp(place))));
  }

  /** A program of its own may run names with and without a direction, and no way back. */
  private static boolean isSetUp(Place place) {
    return place.around().mentions(place.directory(), "go.mod", "golang-migrate");
  }

  /** Whether it would start with all of the files that go forward. */
  static boolean takes(List<Path> files) {
    List<String> forward =
        files.stream().map(Folders::name).filter(name -> name.endsWith("up.sql")).toList();
    return forward.stream().allMatch(UP.asMatchPredicate())
        && forward.stream().map(GolangMigrate::number).distinct().count() == forward.size();
  }

  private static BigInteger number(String name) {
    return new BigInteger(name.substring(0, name.indexOf('_')));
  }

  private static List<String> databases(List<Path> files) {
    return files.stream()
        .map(file -> NAME.matcher(Folders.name(file)))
        .filter(Matcher::matches)
        .filter(parts -> parts.group(3).equals("up"))
        .flatMap(parts -> database(parts.group(4)).stream())
        .toList();
  }

  private static Optional<String> database(String ending) {
    return Optional.of(OF_DATABASE.matcher(ending))
        .filter(Matcher::matches)
        .map(name -> name.group(1))
        .filter(name -> DialectGuess.ofName(name).isPresent());
  }

  /** For PostgreSQL where any file is; else for the first database that one is for. */
  @Override
  public Layout fitted(List<Path> files) {
    List<String> named = databases(files);
    return new GolangMigrate(
        named.stream()
            .filter(name -> DialectGuess.ofName(name).equals(Optional.of(Dialect.POSTGRESQL)))
            .findFirst()
            .or(() -> named.stream().sorted().findFirst()));
  }

  @Override
  public Layout fittedToNamed(List<Path> files) {
    return fitted(files);
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return database.flatMap(DialectGuess::ofName);
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Role.unnamed(file);
    }
    boolean up = parts.group(3).equals("up");
    Optional<String> only = database(parts.group(4));
    if (only.isPresent() && !only.equals(database)) {
      return new Role.Other();
    }
    if (only.isEmpty() && !parts.group(4).matches(SQL)) {
      return up ? new Role.Code(Version.numbered(parts.group(1))) : new Role.Other();
    }
    return up
        ? new Role.Forward(Version.numbered(parts.group(1)), words(parts.group(2)))
        : new Role.Backward(Version.numbered(parts.group(1)));
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, "_" + word + ".up.sql");
  }

  @Override
  public String pattern() {
    return "<number>_<name>.up.%ssql".formatted(database.map(name -> name + ".").orElse(""));
  }

  @Override
  public String whenDeleted() {
    return "new databases are built without it, and golang-migrate stops on one that stands at this version";
  }

  @Override
  public String whenRenamed() {
    return "golang-migrate knows a migration by its number alone, so databases past the old number may run it again";
  }

  @Override
  public Optional<String> whenLowered() {
    return Optional.of(
        "golang-migrate stops on databases that stand at the old number, which is gone, and those past it do not run it again");
  }

  @Override
  public String whenOlder() {
    return "golang-migrate keeps only the newest number, so databases that have that one never run it, without a word";
  }

  @Override
  public String whenTwice() {
    return "golang-migrate refuses to start";
  }

  @Override
  public String whenIgnored() {
    return "golang-migrate passes over it without a word";
  }

  /** The file is one simple query, which the server makes one transaction. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.IMPLICIT;
  }

  /** As {@code ensureVersionTable} of each database driver creates it. */
  @Override
  public String prelude() {
    return "CREATE TABLE IF NOT EXISTS schema_migrations (version bigint not null primary key, dirty boolean not null);\n";
  }

  /**
   * A file is sent as one query, which the server makes one transaction unless it is one statement.
   */
  @Override
  public String howToGoWithoutTransaction() {
    return "one statement alone in its file has none";
  }
}
