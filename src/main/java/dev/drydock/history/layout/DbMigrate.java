package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * db-migrate: {@code sqls/<time>-<name>-up.sql} and {@code -down.sql}, which the script {@code
 * <time>-<name>.js} above that directory reads and sends.
 */
final class DbMigrate extends Layout {
  private static final Pattern SQL = Pattern.compile("((\\d{14})-(.+))-(up|down)\\.sql");
  private static final Pattern UP = Pattern.compile("\\d{14}-.+-up\\.sql");
  private static final Pattern SCRIPT =
      Pattern.compile("((\\d{14})-[^.]+)\\.(?:[cm]?[jt]s|coffee)");

  private static final String DIRECTORY = "sqls";
  private static final String PACKAGE = "package.json";
  private static final String SETTINGS = "database.json";
  private static final Pattern SCHEMA = Pattern.compile("\"schema\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern DRIVER = Pattern.compile("\"driver\"\\s*:\\s*\"(\\w+)\"");

  /** The names of scripts and of what they read, without their endings; empty where not known. */
  private final Optional<Names> names;

  private record Names(Set<String> scripts, Set<String> read) {}

  DbMigrate() {
    this(Optional.empty());
  }

  private DbMigrate(Optional<Names> names) {
    this.names = names;
  }

  @Override
  public String id() {
    return "db-migrate";
  }

  @Override
  public String tool() {
    return "db-migrate";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && Folders.name(place.directory()).equals(DIRECTORY)
        && place.anyNamed(UP)
        && (place.around().mentions(place.directory(), PACKAGE, "\"db-migrate")
            || place.files().stream().anyMatch(file -> hasScript(file, place)));
  }

  private static boolean hasScript(Path file, Place place) {
    Matcher parts = SQL.matcher(Folders.name(file));
    return parts.matches()
        && place.around().has(Folders.of(place.directory()).resolve(parts.group(1) + ".js"));
  }

  /** The scripts lie above what they read. */
  @Override
  public boolean reaches(Path directory, Path file) {
    return Folders.of(file).equals(Folders.of(directory))
        && SCRIPT.matcher(Folders.name(file)).matches();
  }

  @Override
  public Layout fitted(List<Path> files) {
    return new DbMigrate(
        Optional.of(
            new Names(
                stems(files.stream(), SCRIPT),
                stems(
                    files.stream().filter(file -> UP.matcher(Folders.name(file)).matches()),
                    SQL))));
  }

  private static Set<String> stems(Stream<Path> files, Pattern name) {
    return files
        .map(file -> name.matcher(Folders.name(file)))
        .filter(Matcher::matches)
        .map(parts -> parts.group(1))
        .collect(Collectors.toSet());
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher sql = SQL.matcher(name);
    Matcher script = SCRIPT.matcher(name);
    if (sql.matches()) {
      Version version = Version.numbered(sql.group(2));
      boolean isRead = names.filter(known -> !known.scripts().contains(sql.group(1))).isEmpty();
      return sql.group(4).equals("down")
          ? new Role.Backward(version)
          : isRead
              ? new Role.Forward(version, words(sql.group(3).replace('-', '_')))
              : new Role.Stray();
    }
    return script.matches()
            && names.filter(known -> known.read().contains(script.group(1))).isEmpty()
        ? new Role.Code(Version.numbered(script.group(2)))
        : new Role.Other();
  }

  @Override
  public String pattern() {
    return "<time>-<name>-up.sql that a <time>-<name>.js above their directory reads";
  }

  /** It knows them by the whole name of the script. */
  @Override
  public boolean knowsByVersion() {
    return false;
  }

  @Override
  public boolean runsRenamed(Version now, Version then) {
    return true;
  }

  @Override
  public boolean isUnique(Version version) {
    return false;
  }

  @Override
  public String whenEdited() {
    return "db-migrate keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "db-migrate does not notice, and new databases are built without it";
  }

  @Override
  public String whenRenamed() {
    return "db-migrate knows a migration by its name, so databases that ran it under the old one run it again";
  }

  @Override
  public String whenOlder() {
    return "databases that have that one run it after it, and new ones before it";
  }

  @Override
  public String whenTwice() {
    return "db-migrate runs both, in the order of their names";
  }

  @Override
  public String whenIgnored() {
    return "there is none, so it is not run";
  }

  /** The driver for PostgreSQL begins a transaction before the script and commits it after. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return around.mentions(Folders.of(file.path()), PACKAGE, "--non-transactional")
        ? Transaction.IMPLICIT
        : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "give the statement a file of its own and run db-migrate with `--non-transactional`";
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return said(directory, around, DRIVER)
        .flatMap(DialectGuess::ofName)
        .or(
            () ->
                around.mentions(directory, PACKAGE, "\"db-migrate-pg\"")
                    ? Optional.of(Dialect.POSTGRESQL)
                    : Optional.empty());
  }

  /** What the nearest settings say, if they say the same for all environments. */
  private static Optional<String> said(Path directory, Surroundings around, Pattern what) {
    List<String> said =
        around
            .nearest(directory, SETTINGS)
            .flatMap(around::text)
            .map(what::matcher)
            .map(found -> found.results().map(one -> one.group(1)).distinct().toList())
            .orElse(List.of());
    return said.size() == 1 ? Optional.of(said.getFirst()) : Optional.empty();
  }

  @Override
  public String prelude() {
    return """
          CREATE TABLE migrations (
              id SERIAL PRIMARY KEY NOT NULL,
              name VARCHAR (255) NOT NULL,
              run_on TIMESTAMP NOT NULL
          );
          """;
  }

  /** The driver works in the schema of its settings, which has to be there before. */
  @Override
  public String prelude(Path directory, Surroundings around) {
    return said(directory, around, SCHEMA)
            .map(
                schema ->
                    "CREATE SCHEMA IF NOT EXISTS \"%1$s\";%n%2$s"
                        .formatted(schema, session(directory, around)))
            .orElse("")
        + prelude();
  }

  @Override
  public String session(Path directory, Surroundings around) {
    return said(directory, around, SCHEMA)
        .map("SET search_path TO \"%s\", \"$user\", public;%n"::formatted)
        .orElse("");
  }

  @Override
  public boolean runsOlder() {
    return true;
  }
}
