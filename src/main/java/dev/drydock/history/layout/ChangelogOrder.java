package dev.drydock.history.layout;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The order in which Liquibase comes upon what a root changelog asks for.
 *
 * @param steps files of SQL, and changesets of other changelogs
 * @param changelogs the other changelogs, the root first
 * @param scripts files of SQL that changesets of those run
 * @param properties values for placeholders that those give, by name
 * @param whole whether all that is asked for was found
 */
public record ChangelogOrder(
    Set<Step> steps,
    Set<Path> changelogs,
    Set<Path> scripts,
    Map<String, String> properties,
    boolean whole) {

  /** Changelogs within changelogs; nobody goes so deep. */
  private static final int DEEPEST = 100;

  /**
   * A file of SQL, or a changeset of another changelog.
   *
   * @param changeset its name; empty for a file
   */
  record Step(Path file, String changeset) {}

  /** Files of SQL in the order of their paths. */
  public static ChangelogOrder ofFiles(List<Path> sql) {
    Set<Step> steps = new LinkedHashSet<>();
    sql.stream().sorted().forEach(file -> steps.add(new Step(file, "")));
    return new ChangelogOrder(steps, Set.of(), Set.of(), Map.of(), true);
  }

  /**
   * What is reached from a root.
   *
   * @param files all files of the tree
   */
  public static ChangelogOrder from(Path root, NavigableSet<Path> files, Surroundings around) {
    Walk walk = new Walk(files, around);
    walk.visit(root);
    return new ChangelogOrder(
        walk.steps, walk.changelogs, walk.scripts, walk.properties, walk.whole);
  }

  /** This order, with what {@code newer} has besides put where it has it. */
  public ChangelogOrder joined(ChangelogOrder newer) {
    Map<Step, List<Step>> after = new LinkedHashMap<>();
    List<Step> first = new ArrayList<>();
    List<Step> at = first;
    for (Step step : newer.steps) {
      if (steps.contains(step)) {
        at = after.computeIfAbsent(step, any -> new ArrayList<>());
      } else {
        at.add(step);
      }
    }
    Set<Step> joined = new LinkedHashSet<>(first);
    for (Step step : steps) {
      joined.add(step);
      joined.addAll(after.getOrDefault(step, List.of()));
    }
    Set<Path> all = new LinkedHashSet<>(newer.changelogs);
    all.addAll(changelogs);
    Set<Path> run = new LinkedHashSet<>(scripts);
    run.addAll(newer.scripts);
    Map<String, String> values = new LinkedHashMap<>(properties);
    values.putAll(newer.properties);
    return new ChangelogOrder(joined, all, run, values, whole && newer.whole);
  }

  /** This order, with more files of SQL behind it, in the order of their paths. */
  public ChangelogOrder with(Collection<Path> sql) {
    Set<Step> more = new LinkedHashSet<>(steps);
    more.addAll(ofFiles(List.copyOf(sql)).steps);
    return new ChangelogOrder(more, changelogs, scripts, properties, whole);
  }

  /** The changelog that asks for the others. */
  public Path root() {
    return changelogs.iterator().next();
  }

  /** The files of SQL. */
  public Set<Path> sql() {
    Set<Path> sql = new LinkedHashSet<>();
    steps.stream().filter(step -> step.changeset().isEmpty()).forEach(step -> sql.add(step.file()));
    return sql;
  }

  /** The file of SQL that a changeset runs, where it does nothing else. */
  static Optional<Path> script(
      Path changelog, Changelog.Changeset changeset, Predicate<Path> exists) {
    return changeset
        .file()
        .flatMap(
            change ->
                change
                    .get("path")
                    .flatMap(
                        path ->
                            resolve(
                                changelog, path, change.is("relativeToChangelogFile"), exists)));
  }

  /** The file that a changelog means by a path, if there is one. */
  static Optional<Path> resolve(
      Path changelog, String path, boolean relative, Predicate<Path> exists) {
    return places(changelog, path, relative).stream().filter(exists).findFirst();
  }

  /**
   * What a path may mean: where the root of the classpath is among the directories above is not
   * said.
   */
  private static List<Path> places(Path changelog, String path, boolean relative) {
    String plain = path.replace('\\', '/').replaceFirst("^classpath\\*?:", "");
    try {
      Path asked = Path.of(plain.replaceFirst("^/+", ""));
      List<Path> folders = Folders.upwards(Folders.of(changelog));
      return (relative ? folders.subList(0, 1) : folders)
          .stream().map(folder -> folder.resolve(asked).normalize()).toList();
    } catch (InvalidPathException e) {
      return List.of();
    }
  }

  private static final class Walk {
    final NavigableSet<Path> files;
    final Surroundings around;
    final Set<Step> steps = new LinkedHashSet<>();
    final Set<Path> changelogs = new LinkedHashSet<>();
    final Set<Path> scripts = new LinkedHashSet<>();
    final Map<String, String> properties = new LinkedHashMap<>();
    boolean whole = true;
    int depth;

    Walk(NavigableSet<Path> files, Surroundings around) {
      this.files = files;
      this.around = around;
    }

    void visit(Path file) {
      if (Folders.name(file).endsWith(".sql")) {
        steps.add(new Step(file, ""));
        return;
      }
      if (depth == DEEPEST || !changelogs.add(file)) {
        whole &= depth < DEEPEST;
        return;
      }
      depth++;
      Optional<Changelog> changelog = around.text(file).flatMap(text -> Changelog.of(file, text));
      whole &= changelog.isPresent();
      changelog.ifPresent(read -> read.items().forEach(item -> take(file, item)));
      depth--;
    }

    private void take(Path file, Changelog.Item item) {
      switch (item) {
        case Changelog.Include include ->
            resolve(file, include.path(), include.relative(), files::contains)
                .ifPresentOrElse(this::visit, () -> whole = false);
        case Changelog.IncludeAll include -> {
          List<Path> found = below(file, include);
          whole &= !found.isEmpty() && !include.chosen();
          found.forEach(this::visit);
        }
        case Changelog.Changeset changeset -> {
          steps.add(new Step(file, changeset.name()));
          script(file, changeset, files::contains).ifPresent(scripts::add);
        }
        case Changelog.Property property ->
            properties.putIfAbsent(property.name(), property.value());
      }
    }

    private List<Path> below(Path file, Changelog.IncludeAll include) {
      for (Path folder : places(file, include.path(), include.relative())) {
        List<Path> found =
            files.tailSet(folder).stream()
                .takeWhile(path -> path.toString().startsWith(folder.toString()))
                .filter(path -> Folders.holds(folder, path) && !path.equals(file))
                .filter(path -> Folders.name(path).endsWith(include.ending()))
                .filter(this::isChangelog)
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      }
      return List.of();
    }

    private boolean isChangelog(Path file) {
      String name = Folders.name(file);
      return name.endsWith(".sql")
          || (ChangelogNode.isStructured(name)
              && around
                  .text(file)
                  .filter(text -> ChangelogNode.isChangelog(name, text))
                  .isPresent());
    }
  }

  /** The files of a tree, so that those below a directory are found without a look at all. */
  public static NavigableSet<Path> sorted(List<Path> files) {
    return new TreeSet<>(files);
  }
}
