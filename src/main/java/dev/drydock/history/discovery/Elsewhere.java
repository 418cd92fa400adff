package dev.drydock.history.discovery;

import static java.util.stream.Collectors.joining;

import dev.drydock.history.Dialect;
import dev.drydock.history.layout.DialectGuess;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.PlainFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a tree without migrations in SQL has in their place, and how to lint that. */
final class Elsewhere {

  /**
   * A tool whose migrations are not SQL.
   *
   * @param path what the path of a migration ends with
   * @param sql how to have their SQL written
   */
  private record Tool(String name, Pattern path, String sql) {
    Tool(String name, String path, String sql) {
      this(name, Pattern.compile("(?:.*/)?" + path), sql);
    }
  }

  /** The first that fits is meant: the later ones look for less. */
  private static final List<Tool> TOOLS =
      List.of(
          new Tool(
              "Alembic",
              "versions/(?:.*/)?[\\w.-]+\\.py",
              "`alembic upgrade BASE:HEAD --sql` writes it"),
          new Tool(
              "Django",
              "migrations/\\d{4}_\\w+\\.py",
              "`manage.py sqlmigrate APP MIGRATION` writes it"),
          new Tool(
              "Liquibase",
              "(?:.*/)?(?:(?:[\\w.-]*changelogs?|liquibase)/.*|db[._-]?changelog[^/]*|changelog-master)\\.(?:xml|ya?ml|json)",
              "`liquibase update-sql` writes it"),
          new Tool("Rails", "db/migrate/\\d+_\\w+\\.rb", "its log has it, at the level debug"),
          new Tool(
              "Ecto",
              "migrations/\\d+_\\w+\\.exs",
              "`mix ecto.migrate --log-migrations-sql` shows it"),
          new Tool(
              "Laravel",
              "database/migrations/\\d[\\d_]+_\\w+\\.php",
              "`php artisan migrate --pretend` shows it"),
          new Tool(
              "Entity Framework",
              "Migrations/\\d{14}_\\w+\\.cs",
              "`dotnet ef migrations script FROM TO` writes it"),
          new Tool(
              "a tool of JavaScript's",
              "(?:migrations?|alterations?)/(?:.*/)?[^/]*\\d{3}[^/]*\\.(?:ts|js|mjs|cjs)",
              "its log of statements has it"));

  /** As Rails and Ecto write it beside the directory of the migrations. */
  private static final String DUMP = "structure.sql";

  private static final Pattern NUMBERED = Pattern.compile(".*\\d.*\\.sql");

  /** Numbered files that may be a series; fewer have numbers by chance. */
  private static final int FEWEST = 5;

  /** A name above the files says PostgreSQL, none says a database, or one says another. */
  private static final int OURS = 0;

  private static final int UNNAMED = 1;
  private static final int ANOTHER = 2;

  /** Enough to see how the files are named. */
  private static final int SHOWN = 3;

  private Elsewhere() {}

  /** A sentence or two; of directories that the user named always, with what lies in them. */
  static Optional<String> of(Collection<Path> files, Search search) {
    if (search.directories().isEmpty()) {
      return of(files);
    }
    List<Path> inside =
        files.stream()
            .filter(file -> search.directories().stream().anyMatch(at -> Folders.holds(at, file)))
            .sorted()
            .toList();
    return of(inside).or(() -> Optional.of(unknown(inside, search)));
  }

  private static String unknown(List<Path> inside, Search search) {
    String asked = search.directories().stream().map(Path::toString).collect(joining(", "));
    if (inside.isEmpty()) {
      return "%s has no files here.".formatted(asked);
    }
    String shown = inside.stream().limit(SHOWN).map(Path::toString).collect(joining(", "));
    String more = inside.size() > SHOWN ? " and %d more".formatted(inside.size() - SHOWN) : "";
    return search
        .layout()
        .map(
            layout ->
                "What lies there is %s%s, and %s runs files named %s."
                    .formatted(shown, more, layout.tool(), layout.pattern()))
        .orElseGet(
            () ->
                "What lies there is %s%s. SQL files directly in a directory are taken in the order of their names; below it, a tool's own are, such as <version>_<name>/up.sql (diesel) or <version>_<name>/migration.sql (Prisma). Or name the files themselves, in their order."
                    .formatted(shown, more));
  }

  /** A sentence or two; nothing when the tree shows nothing of the kind. */
  static Optional<String> of(Collection<Path> files) {
    List<Path> shown = files.stream().filter(file -> !isHidden(file)).toList();
    return versionFolders(shown, UNNAMED).or(() -> numbered(shown, UNNAMED)).or(() -> code(shown));
  }

  /**
   * The same where there are migrations, of other databases alone: what is named for PostgreSQL.
   */
  static Optional<String> beside(Collection<Path> files) {
    List<Path> shown = files.stream().filter(file -> !isHidden(file)).toList();
    return versionFolders(shown, OURS).or(() -> numbered(shown, OURS));
  }

  /** What lies below a name with a dot before it is set-up: of CI, of an editor, of releases. */
  private static boolean isHidden(Path file) {
    for (Path part : file) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> versionFolders(Collection<Path> files, int most) {
    Map<Path, Set<Path>> versions = new TreeMap<>();
    for (Path file : files) {
      Path folder = Folders.of(file);
      if (PlainFiles.isVersion(folder)
          && Folders.name(file).endsWith(".sql")
          && !Survey.isAside(folder)) {
        versions.computeIfAbsent(Folders.of(folder), any -> new TreeSet<>()).add(folder);
      }
    }
    return versions.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .filter(entry -> foreignness(entry.getKey()) <= most)
        .min(Comparator.comparing(entry -> foreignness(entry.getKey())))
        .map(
            entry ->
                "%1$s has a directory of SQL for each of %2$d versions: when those are the migrations, --dir %1$s takes them in the order of the versions."
                    .formatted(entry.getKey(), entry.getValue().size()));
  }

  /** The directory with most SQL files that have numbers, somewhere in their names. */
  private static Optional<String> numbered(Collection<Path> files, int most) {
    Map<Path, Integer> counts = new TreeMap<>();
    for (Path file : files) {
      if (NUMBERED.matcher(Folders.name(file)).matches() && !Survey.isAside(Folders.of(file))) {
        counts.merge(Folders.of(file), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= FEWEST && foreignness(entry.getKey()) <= most)
        .max(Map.Entry.comparingByValue())
        .map(
            entry ->
                "%1$s has %2$d SQL files with numbers in their names: when those are the migrations, --dir %1$s takes them in the order of their names."
                    .formatted(entry.getKey(), entry.getValue()));
  }

  private static int foreignness(Path directory) {
    return DialectGuess.ofNames(directory)
        .map(dialect -> dialect == Dialect.POSTGRESQL ? OURS : ANOTHER)
        .orElse(UNNAMED);
  }

  private static Optional<String> code(Collection<Path> files) {
    for (Tool tool : TOOLS) {
      Optional<Path> found =
          files.stream()
              .filter(file -> tool.path().matcher(slashed(file)).matches())
              .sorted()
              .findFirst();
      if (found.isPresent()) {
        return found.map(
            file ->
                "%s looks like %s, whose migrations are not SQL. Drydock lints the SQL they run (%s): drydock lint new.sql --applied schema.sql, where schema.sql is a dump of what production has%s."
                    .formatted(
                        Folders.of(file),
                        tool.name(),
                        tool.sql(),
                        dumped(Folders.of(file), files)));
      }
    }
    return Optional.empty();
  }

  /** Where the tool keeps such a dump, that of the newest migrations. */
  private static String dumped(Path migrations, Collection<Path> files) {
    Path dump = migrations.resolveSibling(DUMP);
    return files.contains(dump)
        ? ", such as %s before the change (git show BASE:%1$s > schema.sql)".formatted(dump)
        : "";
  }

  private static String slashed(Path file) {
    return file.toString().replace('\\', '/');
  }
}
