package dev.drydock.history.discovery;

import dev.drydock.history.layout.Atlas;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.Place;
import dev.drydock.history.layout.PostgresShift;
import dev.drydock.history.layout.Surroundings;
import dev.drydock.source.SourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the directories of a tree that may hold migrations, going by names alone. */
final class Survey {
  /** In a directory named so nothing is production's, whatever the rest of the name. */
  private static final List<String> TEST_WORDS =
      List.of(
          "test",
          "tests",
          "testing",
          "testdata",
          "fixture",
          "fixtures",
          "mock",
          "mocks",
          "stub",
          "stubs",
          "e2e");

  /** The same for a directory with exactly this name. */
  private static final Set<String> ASIDE =
      Set.of(
          "example",
          "examples",
          "sample",
          "samples",
          "seed",
          "seeds",
          "seeders",
          "seeding",
          "spec",
          "specs",
          "bench",
          "benchmark",
          "benchmarks",
          "doc",
          "docs",
          "node_modules",
          "vendor",
          "third_party",
          "down",
          "downs",
          "rollback",
          "rollbacks",
          "revert",
          "reverts",
          "undo",
          "downgrade",
          "downgrades",
          "dump",
          "dumps",
          "backup",
          "backups",
          "docker-entrypoint-initdb.d");

  /** As what runs tests in JavaScript has them: {@code __unit__}, {@code __snapshots__}. */
  private static final Pattern OF_TESTS = Pattern.compile("__\\w+__");

  /** Where Maven, Gradle and development environments copy an application's resources to. */
  private static final Pattern BUILT =
      Pattern.compile(
          "(?:.*/)?(?:target/(?:test-)?classes|build/resources|bin/main|out/production)(?:/.*)?");

  private static final Set<String> BY_HAND = Set.of("manual", "manually", "oneoff", "adhoc");

  private static final String SQL = ".sql";

  private static final Pattern OF_FLYWAY =
      Pattern.compile("[VR]\\d*(?:[._]\\d+)*__.+\\.(?:[a-z]*sql|ddl|dml)");

  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  private static final Set<String> OWN_FOLDER = Set.of("migration.sql", "up.sql");

  private final Surroundings around;

  Survey(Surroundings around) {
    this.around = around;
  }

  /**
   * The directories with SQL files below {@code top}, sorted.
   *
   * @param files all files of the tree
   * @param everything whether those named for tests, examples and the like are wanted too
   */
  List<Place> places(Iterable<Path> files, Path top, boolean everything) {
    Map<Path, List<Path>> byFolder = new HashMap<>();
    for (Path file : files) {
      if (Folders.holds(top, file)) {
        byFolder.computeIfAbsent(Folders.of(file), folder -> new ArrayList<>()).add(file);
      }
    }
    Set<Path> nested = new TreeSet<>();
    byFolder.forEach(
        (folder, inside) -> {
          if (!folder.equals(top) && isOwnFolder(folder, inside)) {
            nested.add(Folders.of(folder));
          }
        });
    Map<Path, List<Path>> homes = new TreeMap<>();
    byFolder.forEach(
        (folder, inside) -> {
          if (inside.stream().map(Folders::name).noneMatch(Survey::isSql)) {
            return;
          }
          Path home = isMigration(folder, inside, nested, top) ? Folders.of(folder) : folder;
          homes.computeIfAbsent(home, any -> new ArrayList<>()).addAll(inside);
        });
    List<Place> places = new ArrayList<>();
    homes.forEach(
        (home, inside) -> {
          if (everything || !isAside(Folders.relative(top, home))) {
            inside.forEach(Survey::refuseBrokenName);
            List<Path> loose =
                inside.stream().filter(file -> Folders.of(file).equals(home)).sorted().toList();
            // Who goes over to Atlas may leave the migrations of the tool before where they are.
            boolean left = !loose.isEmpty() && around.has(home.resolve(Atlas.SUM));
            places.add(
                left
                    ? new Place(home, false, loose, around)
                    : new Place(
                        home, nested.contains(home), inside.stream().sorted().toList(), around));
          }
        });
    return places;
  }

  /** Of such a name some tools read the first line and some all, and Drydock is not to guess. */
  private static void refuseBrokenName(Path file) {
    if (isSql(Folders.name(file)) && LINE_BREAK.matcher(file.toString()).find()) {
      throw new SourceException(
          "%s has a line break in its name, so it cannot be told which tool would run it. Give it another name."
              .formatted(file));
    }
  }

  /** What Flyway runs may have any ending; with a direction, one may have PostgreSQL's own. */
  private static boolean isSql(String name) {
    return name.regionMatches(true, name.length() - SQL.length(), SQL, 0, SQL.length())
        || name.endsWith(".up.pgsql")
        || name.endsWith(".up.psql")
        || OF_FLYWAY.matcher(name).matches();
  }

  private static boolean isOwnFolder(Path folder, List<Path> inside) {
    List<String> names = inside.stream().map(Folders::name).toList();
    return names.stream().anyMatch(OWN_FOLDER::contains)
        || (names.contains(PostgresShift.SCRIPT) && PostgresShift.isMigration(folder));
  }

  /**
   * Whether a folder is one migration, or was meant to be: then its files are those of the folder
   * above.
   */
  private static boolean isMigration(Path folder, List<Path> inside, Set<Path> nested, Path top) {
    return !folder.equals(top)
        && nested.contains(Folders.of(folder))
        && (isOwnFolder(folder, inside) || Character.isDigit(Folders.name(folder).charAt(0)));
  }

  /** Whether a directory is named for what somebody runs when it suits. */
  static boolean isByHand(Path folder) {
    List<String> words = Folders.words(Folders.name(folder));
    return words.stream().anyMatch(BY_HAND::contains)
        || (words.contains("one") && words.contains("off"))
        || (words.contains("ad") && words.contains("hoc"));
  }

  static boolean isAside(Path folder) {
    if (BUILT.matcher(folder.toString().replace('\\', '/')).matches()) {
      return true;
    }
    for (Path part : folder) {
      String name = part.toString();
      if (ASIDE.contains(name)
          || OF_TESTS.matcher(name).matches()
          || Folders.words(name).stream().anyMatch(TEST_WORDS::contains)) {
        return true;
      }
    }
    return false;
  }
}
