package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL files in the order of their names, run by something that leaves no mark: by number where the
 * name begins with one, by name otherwise.
 */
public final class PlainFiles extends Layout {

  /** Which names count. */
  enum Names {
    /** Those that begin with a number or a date. */
    ORDERED,
    /** All, because the directory is named for migrations and no name has a number. */
    ANY,
    /** All in directories that are named for versions, which put them in order. */
    IN_FOLDERS,
    /** Those of one name, each in a directory whose name begins with a number. */
    OWN_FOLDERS
  }

  private static final Pattern ORDERED =
      Pattern.compile("[vV]?(\\d+(?:[._-]\\d+)*)(?![A-Za-z0-9])[._-]*(.*)\\.(?i:sql)");
  private static final Pattern FOLDER = Pattern.compile("[vV]?(\\d+(?:[._]\\d+)*)");

  /** A directory of one migration: {@code 12-add-index/up.sql}. */
  private static final Pattern OWN_FOLDER =
      Pattern.compile("[vV]?(\\d+(?:[._-]\\d+)*)(?![A-Za-z0-9])[._-]*(.*)");

  private static final String UP = "up.sql";

  /** No version has more parts. */
  private static final int FOLDER_PARTS = 6;

  private static final Pattern BACK =
      Pattern.compile("(?i)(?:.*[._-])?(?:down|rollback|revert|undo)\\.sql|\\d+\\.undo\\..*\\.sql");
  private static final Pattern DAY =
      Pattern.compile("(?:19|20)\\d\\d([._-]?)(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])");

  private static final Pattern SQL = Pattern.compile(".*\\.(?i:sql)");

  /** A directory with one of these words in its name is meant for migrations. */
  private static final List<String> MIGRATIONS = List.of("migration", "migrations", "migrate");

  /** In these, numbered files are migrations even when there is only one. */
  private static final List<String> LIKELY =
      List.of(
          "db",
          "database",
          "sql",
          "schema",
          "ddl",
          "changes",
          "changesets",
          "changelog",
          "patches",
          "upgrades",
          "updates",
          "deltas",
          "revisions");

  /** In these, files are numbered for another reason. */
  private static final List<String> UNLIKELY =
      List.of(
          "queries",
          "query",
          "scripts",
          "snippets",
          "views",
          "functions",
          "procedures",
          "triggers",
          "policies",
          "init",
          "initdb",
          "entrypoint",
          "data",
          "exercises",
          "lessons",
          "reports");

  private static final List<String> DATA = List.of("data");

  private final Names names;

  PlainFiles(Names names) {
    this.names = names;
  }

  /** Files that the user pointed at: all count. */
  public static Layout ofAnyName() {
    return new PlainFiles(Names.ANY);
  }

  /** The same of a directory, where a dump of the newest schema may lie beside numbered ones. */
  public static Layout ofAsked(List<Path> files) {
    List<String> sql = files.stream().map(Folders::name).filter(SQL.asMatchPredicate()).toList();
    long ordered = sql.stream().filter(ORDERED.asMatchPredicate()).count();
    return new PlainFiles(ordered > 1 && 2 * ordered > sql.size() ? Names.ORDERED : Names.ANY);
  }

  /** Files in directories of which each is a version. */
  public static Layout inFolders() {
    return new PlainFiles(Names.IN_FOLDERS);
  }

  /** Whether a directory is named for a version and nothing else. */
  public static boolean isVersion(Path directory) {
    return FOLDER.matcher(Folders.name(directory)).matches();
  }

  /** Whether numbers, of the files or of their directories, put them in order. */
  public boolean areOrdered() {
    return names != Names.ANY;
  }

  public static boolean isNamedForMigrations(Path directory) {
    return Folders.isNamed(directory, MIGRATIONS);
  }

  @Override
  public String id() {
    return "plain";
  }

  @Override
  public String tool() {
    return "the tool that runs these files";
  }

  @Override
  public boolean recognises(Place place) {
    if (place.nested()) {
      return place.files().stream().anyMatch(PlainFiles::isInOwnFolder);
    }
    List<String> sql =
        place.files().stream()
            .map(Folders::name)
            .filter(name -> SQL.matcher(name).matches())
            .toList();
    long ordered = sql.stream().filter(name -> ORDERED.matcher(name).matches()).count();
    if (place.isNamed(MIGRATIONS)) {
      return !sql.isEmpty();
    }
    boolean all = ordered > 0 && ordered == sql.size();
    boolean below =
        Folders.upwards(place.directory()).stream().anyMatch(PlainFiles::isNamedForMigrations);
    // One of the environments that get rows of their own: data/dev.
    boolean data =
        !below && !place.isNamed(LIKELY) && Folders.isNamed(Folders.of(place.directory()), DATA);
    return all
        && !data
        && !place.isNamed(UNLIKELY)
        && (ordered > 1 || below || place.isNamed(LIKELY));
  }

  private static boolean isInOwnFolder(Path file) {
    return Folders.name(file).equals(UP)
        && OWN_FOLDER.matcher(Folders.name(Folders.of(file))).matches();
  }

  @Override
  public boolean fits(boolean nested) {
    return true;
  }

  @Override
  public Layout fitted(List<Path> files) {
    if (names != Names.ORDERED) {
      return this;
    }
    if (files.stream().anyMatch(PlainFiles::isInOwnFolder)) {
      return new PlainFiles(Names.OWN_FOLDERS);
    }
    boolean any = files.stream().anyMatch(file -> ORDERED.matcher(Folders.name(file)).matches());
    return new PlainFiles(any ? Names.ORDERED : Names.ANY);
  }

  /** Where names give no order, directories do that are named for versions. */
  @Override
  public Layout fittedToNamed(List<Path> files) {
    List<Path> sql = files.stream().filter(file -> SQL.matcher(file.toString()).matches()).toList();
    boolean inFolders =
        sql.stream().map(Folders::of).distinct().count() > 1
            && sql.stream().allMatch(file -> isVersion(Folders.of(file)))
            && sql.stream().noneMatch(file -> ORDERED.matcher(Folders.name(file)).matches());
    return inFolders
        ? inFolders()
        : !sql.isEmpty() && sql.stream().allMatch(PlainFiles::isInOwnFolder)
            ? new PlainFiles(Names.OWN_FOLDERS)
            : this;
  }

  private static String stem(String name) {
    return name.replaceFirst("\\.(?i:sql)$", "");
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    if (names == Names.IN_FOLDERS) {
      return roleInFolder(Folders.of(file), name);
    } else if (names == Names.OWN_FOLDERS) {
      return roleInOwnFolder(Folders.of(file), name);
    }
    Matcher parts = ORDERED.matcher(name);
    if (parts.matches()) {
      Version version = version(parts.group(1));
      return BACK.matcher(name).matches()
          ? new Role.Backward(version)
          : new Role.Forward(version, description(parts.group(2)));
    }
    if (!SQL.matcher(name).matches() || names == Names.ORDERED) {
      return new Role.Other();
    }
    String stem = stem(name);
    return BACK.matcher(name).matches()
        ? new Role.Backward(Version.textual(stem.replaceFirst("[._-]?[^._-]+$", "")))
        : new Role.Forward(Version.textual(stem), words(stem));
  }

  private static Role roleInFolder(Path folder, String name) {
    Matcher version = FOLDER.matcher(Folders.name(folder));
    if (!version.matches() || !SQL.matcher(name).matches() || BACK.matcher(name).matches()) {
      return new Role.Other();
    }
    Matcher parts = ORDERED.matcher(name);
    return parts.matches()
        ? new Role.Forward(version(version.group(1), parts.group(1)), description(parts.group(2)))
        : new Role.Forward(version(version.group(1)), words(stem(name)));
  }

  private static Role roleInOwnFolder(Path folder, String name) {
    Matcher parts = OWN_FOLDER.matcher(Folders.name(folder));
    if (!parts.matches()) {
      return new Role.Other();
    }
    Version version = version(parts.group(1));
    return switch (name) {
      case UP -> new Role.Forward(version, words(parts.group(2).replace('-', '_')));
      case "down.sql" -> new Role.Backward(version);
      default -> new Role.Other();
    };
  }

  private static String description(String name) {
    return words(name.replaceFirst("[._-]up$", ""));
  }

  /** The number of a file counts within the version of its directory. */
  private static Version version(String folder, String file) {
    List<BigInteger> order = numbers(folder);
    while (order.size() < FOLDER_PARTS) {
      order.add(BigInteger.ZERO);
    }
    order.addAll(numbers(file));
    return new Version.Versioned(folder + "/" + file, order);
  }

  private static Version version(String text) {
    return new Version.Versioned(text, numbers(text));
  }

  private static List<BigInteger> numbers(String text) {
    List<BigInteger> numbers = new ArrayList<>();
    for (String number : text.split("[._-]")) {
      numbers.add(new BigInteger(number));
    }
    return numbers;
  }

  private static Directions parts(SourceFile file) {
    return Directions.of(PlainRunner.divided(file));
  }

  @Override
  public Script up(SourceFile file) {
    return parts(file).forward().getFirst();
  }

  @Override
  public Optional<Script> down(SourceFile file) {
    return parts(file).back();
  }

  @Override
  public List<Further> further(SourceFile file) {
    return parts(file).forward().stream()
        .skip(1)
        .map(script -> new Further(script, Optional.empty(), PlainRunner.transaction(script)))
        .toList();
  }

  /** What goes forward may stand in several parts. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return SqlText.isSame(base.text(), head.text())
        || SqlText.isSame(parts(base).forwardText(), parts(head).forwardText());
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    if (isInOwnFolder(newest)) {
      return NextName.folder(newest, OWN_FOLDER, "-" + word);
    }
    return NextName.file(newest, ORDERED, name -> named(name, word));
  }

  private static String named(MatchResult newest, String word) {
    String name = newest.group();
    String separator = name.substring(newest.end(1), newest.start(2));
    return name.substring(0, newest.start(1))
        + NextName.number(newest.group(1))
        + (separator.isEmpty() ? "_" : separator)
        + word
        + (name.endsWith(".up.sql") ? ".up.sql" : ".sql");
  }

  @Override
  public String pattern() {
    return names == Names.OWN_FOLDERS ? "<number>-<name>/" + UP : "<number>_<name>.sql";
  }

  /** Who runs them is not known, so nothing is known of how it tells them apart. */
  @Override
  public boolean knowsByVersion() {
    return false;
  }

  @Override
  public boolean isOrdered(Version version) {
    return version instanceof Version.Versioned versioned && !versioned.numbers().isEmpty();
  }

  /** A day and a directory may have several, which their names put in order. */
  @Override
  public boolean isUnique(Version version) {
    return names != Names.IN_FOLDERS && !DAY.matcher(version.text()).matches();
  }

  @Override
  public String whenRenamed() {
    return "databases that ran it under the old name may run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "databases that have that one run it late or never, and new ones run it before";
  }

  @Override
  public String whenTwice() {
    return "what goes by the number alone runs one of them or neither, and what goes by the whole name runs them in the order of those";
  }

  @Override
  public String whenIgnored() {
    return "it may not be run";
  }

  /** Files that were named one by one may be Drizzle's, which runs them in a transaction. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return names == Names.ANY && Drizzle.keepsJournal(Folders.of(file.path()), around)
        ? Transaction.PER_MIGRATION
        : PlainRunner.transaction(file, up(file), around);
  }

  @Override
  public String prelude() {
    return "";
  }
}
