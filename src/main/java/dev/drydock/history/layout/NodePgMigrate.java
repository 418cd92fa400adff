package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * node-pg-migrate: {@code <number>_<name>.sql} with both directions under marks, or {@code .up.sql}
 * and {@code .down.sql}; without a mark, all of a file goes forward.
 */
final class NodePgMigrate extends Layout {
  private static final Pattern NAME = Pattern.compile("(\\d+)(\\D.*)?\\.sql");
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)([_-]).*?((?:\\.up)?\\.sql)");
  private static final Pattern CODE = Pattern.compile("(\\d+)\\D.*(?<!\\.d)\\.[cm]?[jt]s");

  /** Files that may hold both ways: in one for a single way a mark is just a heading. */
  private static final Pattern BOTH_WAYS =
      Pattern.compile("\\d+(?:\\D.*)?(?<!\\.up|\\.down)\\.sql");

  /** As in the tool's sqlMigration.ts. */
  private static final Pattern UP = mark("up");

  private static final Pattern DOWN = mark("down");

  private static final String PACKAGE = "package.json";

  /** So many digits are a date to the tool, and any other number of them a number. */
  private static final int DATE_DIGITS = 17;

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS");

  private static final Pattern MAJOR =
      Pattern.compile("\"node-pg-migrate\"\\s*:\\s*\"[^\\d\"]*(\\d{1,4})");

  /** The first that wants a number of every file; those before run what has none as well. */
  private static final int NUMBERS_ONLY = 8;

  private final boolean together;
  private final boolean numbersOnly;

  NodePgMigrate() {
    this(true, false);
  }

  private NodePgMigrate(boolean together, boolean numbersOnly) {
    this.together = together;
    this.numbersOnly = numbersOnly;
  }

  private static Pattern mark(String direction) {
    return Pattern.compile("(?im)^[ \\t]*--[ \\t-]*" + direction + "[ \\t]+migration");
  }

  @Override
  public String id() {
    return "node-pg-migrate";
  }

  @Override
  public String tool() {
    return "node-pg-migrate";
  }

  /**
   * Files without marks, and pairs of files, are many tools': there the package has to say it.
   * Where another language's project is nearer, something of its own reads such marks.
   */
  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(NAME)
        && isOfNode(place)
        && ((place.anySampleHas(BOTH_WAYS, UP) && place.anySampleHas(BOTH_WAYS, DOWN))
            || (PlainFiles.isNamedForMigrations(place.directory())
                && isSetUp(place.directory(), place.around())));
  }

  private static boolean isOfNode(Place place) {
    return place
        .around()
        .nearest(place.directory(), PACKAGE, "go.mod", "Cargo.toml", "pyproject.toml")
        .map(project -> Folders.name(project).equals(PACKAGE))
        .orElse(true);
  }

  private static boolean isSetUp(Path directory, Surroundings around) {
    return around.mentions(directory, PACKAGE, "node-pg-migrate");
  }

  @Override
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    boolean numbersOnly =
        Folders.upwards(directory).stream()
            .flatMap(at -> around.text(at.resolve(PACKAGE)).stream())
            .flatMap(text -> MAJOR.matcher(text).results())
            .findFirst()
            .filter(version -> Integer.parseInt(version.group(1)) >= NUMBERS_ONLY)
            .isPresent();
    return new NodePgMigrate(
        !around.mentions(directory, PACKAGE, "--no-single-transaction"), numbersOnly);
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (parts.matches()) {
      Version version = version(parts.group(1));
      String rest = parts.group(2) == null ? "" : parts.group(2);
      return rest.endsWith(".down")
          ? new Role.Backward(version)
          : new Role.Forward(
              version, words(rest.replaceFirst("\\.up$", "").replaceAll("[-_]+", "_")));
    }
    Matcher code = CODE.matcher(name);
    if (code.matches()) {
      return new Role.Code(version(code.group(1)));
    }
    return numbersOnly ? Role.unnamed(file) : new Role.Other();
  }

  private static Version version(String digits) {
    if (digits.length() == DATE_DIGITS) {
      try {
        long time = LocalDateTime.parse(digits, DATE).toInstant(ZoneOffset.UTC).toEpochMilli();
        return new Version.Versioned(digits, List.of(BigInteger.valueOf(time)));
      } catch (DateTimeException e) {
        return Version.numbered(digits);
      }
    }
    return Version.numbered(digits);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.file(
        newest,
        NUMBERED,
        name -> NextName.number(name.group(1)) + name.group(2) + word + name.group(3));
  }

  @Override
  public String pattern() {
    return "<number>_<name>.sql";
  }

  @Override
  public boolean knowsMarks() {
    return true;
  }

  /** It knows them by the whole name of the file. */
  @Override
  public boolean knowsByVersion() {
    return false;
  }

  @Override
  public boolean isUnique(Version version) {
    return false;
  }

  /** Of several marks the first counts; below none, a way back is run as well. */
  @Override
  public Script up(SourceFile file) {
    return section(file, UP, DOWN).orElseGet(() -> Script.whole(file));
  }

  @Override
  public Optional<Script> down(SourceFile file) {
    return section(file, DOWN, UP);
  }

  private static Optional<Script> section(SourceFile file, Pattern mark, Pattern other) {
    Optional<Integer> end = place(file, other);
    return place(file, mark)
        .map(
            start ->
                new Script(file, start, end.filter(at -> at > start).orElse(file.text().length())));
  }

  private static Optional<Integer> place(SourceFile file, Pattern mark) {
    Matcher found = mark.matcher(file.text());
    return found.find() ? Optional.of(found.start()) : Optional.empty();
  }

  @Override
  public String whenEdited() {
    return "node-pg-migrate keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "node-pg-migrate refuses to migrate databases that ran it as soon as a newer one is there, unless it is run with --no-check-order";
  }

  @Override
  public String whenRenamed() {
    return "node-pg-migrate knows a migration by the name of its file and refuses to migrate databases that ran it under the old one, unless it is run with --no-check-order: then it runs it again";
  }

  @Override
  public String whenOlder() {
    return "node-pg-migrate refuses to migrate databases that have that one, unless it is run with --no-check-order";
  }

  @Override
  public String whenTwice() {
    return "node-pg-migrate runs both, in the order of their names";
  }

  @Override
  public String whenIgnored() {
    return "it refuses to start, unless it is told to ignore such files";
  }

  @Override
  public boolean allowsOlder(Path directory, Surroundings around) {
    return around.mentions(directory, PACKAGE, "--no-check-order");
  }

  @Override
  public boolean runsTogether(Path directory, List<Migration> pending, Surroundings around) {
    return together;
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.PER_MIGRATION;
  }

  @Override
  public boolean runsOutside() {
    return false;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "write it in JavaScript, with `pgm.noTransaction()`";
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return isSetUp(directory, around) ? Optional.of(Dialect.POSTGRESQL) : Optional.empty();
  }

  /** As {@code ensureMigrationsTable} of the tool's runner creates it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE pgmigrations (
              id SERIAL PRIMARY KEY,
              name varchar(255) NOT NULL,
              run_on timestamp NOT NULL
          );
          """;
  }
}
