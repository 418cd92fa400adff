package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * yoyo: SQL files of any name, in the order of their names but after those that each says it
 * depends on, with the way back in a file beside it.
 */
final class Yoyo extends Layout {
  private static final Pattern SQL = Pattern.compile("(?!post-apply)(.+)(?<!\\.rollback)\\.sql");
  private static final Pattern CODE = Pattern.compile("(?!post-apply|__)(.+)\\.py");
  private static final String BACK = ".rollback.sql";

  /** As in the tool's migrations.py: a hook that is run whenever anything is. */
  private static final String HOOK = "post-apply";

  private static final Pattern NUMBERED = Pattern.compile("(\\d+)([._-]).*\\.sql");

  /** As in {@code parse_metadata_from_sql_comments}, among the comments that a file begins with. */
  private static final Pattern DIRECTIVE =
      Pattern.compile("\\s*--\\s*(transactional|depends)\\s*:\\s*(.*)");

  private static final Pattern LEADING = Pattern.compile("\\s*|\\s*--.*");
  private static final Pattern MARK = Pattern.compile("(?m)^\\s*--\\s*depends\\s*:");
  private static final String SETTINGS = "yoyo.ini";
  private static final String LIBRARY = "yoyo-migrations";
  private static final List<String> REQUIREMENTS =
      List.of("requirements.txt", "pyproject.toml", "Pipfile", "setup.py", "setup.cfg");

  /** What a path in the settings may begin with that says where they lie. */
  private static final Pattern HERE = Pattern.compile("^(?:%\\(here\\)s/|\\./)+");

  /** What pairs of directions are called that other tools run. */
  private static final Pattern OF_ONE_WAY = Pattern.compile(".*\\.(?:up|down)\\.sql");

  /** Places in the order of application, by name without ending. */
  private final Map<String, Integer> places;

  Yoyo() {
    this(Map.of());
  }

  private Yoyo(Map<String, Integer> places) {
    this.places = Map.copyOf(places);
  }

  @Override
  public String id() {
    return "yoyo";
  }

  @Override
  public String tool() {
    return "yoyo";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.anyNamed(SQL)
        && !place.anyNamed(OF_ONE_WAY)
        && (isSource(place.directory(), place.around())
            || (place.anySampleHas(SQL, MARK) && anyDependsOnAnother(place)));
  }

  private static boolean anyDependsOnAnother(Place place) {
    Map<String, Set<String>> depends = depends(place.files(), place.around());
    return depends.values().stream()
        .flatMap(Collection::stream)
        .anyMatch(depends.keySet()::contains);
  }

  /** Whether the settings name the directory, or it is named for migrations of a user of yoyo's. */
  private static boolean isSource(Path directory, Surroundings around) {
    Optional<Path> settings = around.nearest(directory, SETTINGS);
    List<String> sources =
        settings.stream()
            .flatMap(file -> around.settings(file, Settings::properties).text("sources").stream())
            .flatMap(said -> Stream.of(said.split("\\s+")))
            .filter(said -> !said.isEmpty())
            .toList();
    if (!sources.isEmpty()) {
      Path from = Folders.of(settings.get());
      return sources.stream()
          .map(said -> from.resolve(HERE.matcher(said).replaceFirst("")).normalize())
          // An absolute one is that of a container.
          .anyMatch(
              source ->
                  source.equals(directory)
                      || (source.isAbsolute()
                          && Folders.name(source).equals(Folders.name(directory))));
    }
    return PlainFiles.isNamedForMigrations(directory)
        && (settings.isPresent()
            || REQUIREMENTS.stream().anyMatch(file -> around.mentions(directory, file, LIBRARY)));
  }

  @Override
  public Layout fitted(Path directory, List<Path> files, Surroundings around) {
    return new Yoyo(inOrder(depends(files, around)));
  }

  @Override
  public Layout fittedToNamed(List<Path> files, Surroundings around) {
    return fitted(Folders.ROOT, files, around);
  }

  /** What each depends on, by name without ending. */
  private static Map<String, Set<String>> depends(List<Path> files, Surroundings around) {
    Map<String, Set<String>> depends = new TreeMap<>();
    for (Path file : files) {
      Matcher sql = SQL.matcher(Folders.name(file));
      Matcher code = CODE.matcher(Folders.name(file));
      if (sql.matches()) {
        String said = around.text(file).map(text -> directive(text, "depends")).orElse("");
        depends.put(sql.group(1), Set.copyOf(List.of(said.split("\\s+"))));
      } else if (code.matches()) {
        depends.putIfAbsent(code.group(1), Set.of());
      }
    }
    return depends;
  }

  /** The first by name of those of which all that it depends on is there. */
  private static Map<String, Integer> inOrder(Map<String, Set<String>> depends) {
    Map<String, Integer> places = new TreeMap<>();
    Set<String> left = new TreeSet<>(depends.keySet());
    while (!left.isEmpty()) {
      String next =
          left.stream()
              .filter(name -> depends.get(name).stream().noneMatch(left::contains))
              .findFirst()
              // In a circle, at which yoyo stops, names are as good an order as any.
              .orElseGet(() -> left.iterator().next());
      places.put(next, places.size());
      left.remove(next);
    }
    return places;
  }

  /** What the comments at the top of a file say under a name, empty where they say nothing. */
  private static String directive(String text, String name) {
    StringBuilder said = new StringBuilder();
    for (String line : text.lines().toList()) {
      Matcher directive = DIRECTIVE.matcher(line);
      if (directive.matches()) {
        said.append(directive.group(1).equals(name) ? " " + directive.group(2) : "");
      } else if (!LEADING.matcher(line).matches()) {
        break;
      }
    }
    return said.toString().strip();
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    if (name.endsWith(BACK)) {
      return new Role.Backward(version(name.substring(0, name.length() - BACK.length())));
    } else if (name.startsWith(HOOK) && name.endsWith(".sql")) {
      return new Role.Forward(new Version.Repeatable(name), words(name.replace('-', '_')));
    }
    Matcher sql = SQL.matcher(name);
    Matcher code = CODE.matcher(name);
    if (sql.matches()) {
      return new Role.Forward(version(sql.group(1)), words(sql.group(1).replace('-', '_')));
    }
    return code.matches() ? new Role.Code(version(code.group(1))) : new Role.Other();
  }

  private Version version(String name) {
    return Optional.ofNullable(places.get(name))
        .<Version>map(at -> new Version.Versioned(name, List.of(BigInteger.valueOf(at))))
        .orElseGet(() -> Version.textual(name));
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.file(
        newest, NUMBERED, name -> NextName.number(name.group(1)) + name.group(2) + word + ".sql");
  }

  @Override
  public String pattern() {
    return "<name>.sql";
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

  @Override
  public String whenEdited() {
    return "yoyo keeps no checksum and does not run it again there";
  }

  @Override
  public String whenDeleted() {
    return "new databases are built without it, and yoyo cannot take it back on those that ran it";
  }

  @Override
  public String whenRenamed() {
    return "yoyo knows a migration by the name of its file, so databases that ran it under the old name run it again";
  }

  @Override
  public boolean runsOlder() {
    return true;
  }

  @Override
  public String whenOlder() {
    return "yoyo runs it after that one on databases that have it, and before it on new ones; `-- depends:` tells it otherwise";
  }

  @Override
  public String whenTwice() {
    return "yoyo runs both";
  }

  @Override
  public String whenIgnored() {
    return "yoyo does not run it";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return directive(file.text(), "transactional").equalsIgnoreCase("false")
        ? Transaction.NONE
        : Transaction.PER_MIGRATION;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "put `-- transactional: false` at its top";
  }

  /** A second word for it would be one too many. */
  @Override
  public Optional<Migration> outsideTransaction(Migration migration, SourceFile file) {
    return directive(file.text(), "transactional").isEmpty()
        ? marked(migration, file, "-- transactional: false" + file.lineBreak(), Transaction.NONE)
        : super.outsideTransaction(migration, file);
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return around
        .nearest(directory, SETTINGS)
        .flatMap(file -> around.settings(file, Settings::properties).text("database"))
        .map(url -> url.replaceFirst(":.*", ""))
        .flatMap(DialectGuess::ofName);
  }

  /** As the tool's internalmigrations make them. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE _yoyo_log (
              id VARCHAR(36),
              migration_hash VARCHAR(64),
              migration_id VARCHAR(255),
              operation VARCHAR(10),
              username VARCHAR(255),
              hostname VARCHAR(255),
              comment VARCHAR(255),
              created_at_utc TIMESTAMP,
              PRIMARY KEY (id)
          );
          CREATE TABLE _yoyo_migration (
              migration_hash VARCHAR(64),
              migration_id VARCHAR(255),
              applied_at_utc TIMESTAMP,
              PRIMARY KEY (migration_hash)
          );
          CREATE TABLE _yoyo_version (
              version INT NOT NULL PRIMARY KEY,
              installed_at_utc TIMESTAMP
          );
          CREATE TABLE yoyo_lock (
              locked INT DEFAULT 1,
              ctime TIMESTAMP,
              pid INT NOT NULL,
              PRIMARY KEY (locked)
          );
          """;
  }
}
