package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plan of Sqitch's, where its scripts lie and the database they are for, as App::Sqitch::Target
 * takes it from the configuration.
 *
 * @param configuration the file that says so, if there is one
 * @param reworked where the scripts of changes lie that were made anew later
 * @param aside where scripts lie that are not deployed
 * @param ending of the names of scripts
 * @param dialect nothing where the database is told only when Sqitch is called
 * @param registry the schema in which Sqitch keeps what it has deployed
 * @param variables what psql is told, by name
 */
public record SqitchTarget(
    Optional<Path> configuration,
    Path plan,
    Path deploy,
    Path reworked,
    Path revert,
    List<Path> aside,
    String ending,
    Optional<Dialect> dialect,
    String registry,
    Map<String, String> variables) {
  public static final String CONFIGURATION = "sqitch.conf";
  public static final String PLAN = "sqitch.plan";
  private static final String REGISTRY = "sqitch";

  private static final Pattern URI = Pattern.compile("(?:db:)?([a-z0-9]+):.*");
  private static final Pattern NAMED = Pattern.compile("target\\.([^.]+)\\.uri");
  private static final Pattern ENGINE = Pattern.compile("engine\\.([a-z0-9]+)\\..+");

  public SqitchTarget {
    aside = List.copyOf(aside);
    variables = Map.copyOf(variables);
  }

  /** A plan that no configuration names. */
  public static SqitchTarget of(Path plan) {
    return new Reader(Settings.none(), Optional.empty(), "", Optional.empty(), plan).target();
  }

  /** The plans of a configuration, by their paths, where it lets each be deployed to PostgreSQL. */
  public static Map<Path, SqitchTarget> in(Path configuration, Surroundings around) {
    Settings settings = around.settings(configuration, Settings::git);
    Map<Path, SqitchTarget> targets = new LinkedHashMap<>();
    for (String name : names(settings)) {
      SqitchTarget target =
          new Reader(
                  settings, Optional.of(configuration), name, engine(settings, name), Path.of(PLAN))
              .target();
      if (target.dialect.equals(Optional.of(Dialect.POSTGRESQL))) {
        targets.put(target.plan, target);
      } else {
        targets.putIfAbsent(target.plan, target);
      }
    }
    return targets;
  }

  /** The names or addresses of targets, the one first that is deployed to unless told otherwise. */
  private static Set<String> names(Settings settings) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> engines = new LinkedHashSet<>();
    settings.text("core.engine").ifPresent(engines::add);
    settings.values().keySet().stream()
        .sorted()
        .map(ENGINE::matcher)
        .filter(Matcher::matches)
        .forEach(engine -> engines.add(engine.group(1)));
    settings.text("core.target").ifPresent(names::add);
    engines.forEach(
        engine ->
            names.add(settings.text("engine." + engine + ".target").orElse("db:" + engine + ":")));
    settings.values().keySet().stream()
        .sorted()
        .map(NAMED::matcher)
        .filter(Matcher::matches)
        .forEach(target -> names.add(target.group(1)));
    if (names.isEmpty()) {
      names.add("");
    }
    return names;
  }

  private static Optional<String> engine(Settings settings, String name) {
    String address =
        name.contains(":") ? name : settings.text("target." + name + ".uri").orElse("");
    Matcher uri = URI.matcher(address);
    return uri.matches() ? Optional.of(canonical(uri.group(1))) : settings.text("core.engine");
  }

  /** As URI::db calls them. */
  private static String canonical(String engine) {
    return switch (engine) {
      case "postgres", "postgresql", "pgsql", "pgxc" -> "pg";
      case "mariadb" -> "mysql";
      case "sqlite3" -> "sqlite";
      default -> engine;
    };
  }

  /** This target as the files of one tree have it. */
  public SqitchTarget in(Surroundings around) {
    return configuration
        .filter(around::has)
        .map(file -> in(file, around).getOrDefault(plan, this))
        .orElseGet(() -> of(plan));
  }

  /** The plan itself; nothing where the tree has none. */
  public Optional<SqitchPlan> read(Surroundings around) {
    return around.file(plan).map(SqitchPlan::of);
  }

  /** Whether a directory is one for scripts of this target. */
  public boolean holds(Path directory) {
    return keeps(directory) || aside.stream().anyMatch(other -> isIn(other, directory));
  }

  /** Whether scripts that are deployed may lie in a directory. */
  public boolean keeps(Path directory) {
    return isIn(deploy, directory) || isIn(reworked, directory);
  }

  /** Below the root of the tree lies all of it, most of which is no business of Sqitch's. */
  private static boolean isIn(Path folder, Path directory) {
    return folder.equals(Folders.ROOT)
        ? directory.equals(folder)
        : Folders.holds(folder, directory);
  }

  /** Reads what is said of one target, of its engine, or of all. */
  private record Reader(
      Settings settings,
      Optional<Path> configuration,
      String name,
      Optional<String> engine,
      Path named) {

    SqitchTarget target() {
      Path home = configuration.map(Folders::of).orElseGet(() -> Folders.of(named));
      Path top = path(home, "top_dir").orElse(home);
      Path reworkedTop = path(home, "reworked_dir").orElse(top);
      Path plan = path(home, "plan_file").orElseGet(() -> top.resolve(named.getFileName()));
      List<Path> aside = new ArrayList<>();
      aside.add(script(home, top, "revert"));
      aside.add(script(home, top, "verify"));
      aside.add(reworked(home, reworkedTop, "revert"));
      aside.add(reworked(home, reworkedTop, "verify"));
      return new SqitchTarget(
          configuration,
          plan,
          script(home, top, "deploy"),
          reworked(home, reworkedTop, "deploy"),
          aside.getFirst(),
          aside,
          "." + text("extension").orElse("sql"),
          engine.map(Reader::dialect),
          text("registry").orElse(REGISTRY),
          variables());
    }

    private Map<String, String> variables() {
      Map<String, String> variables = new TreeMap<>();
      engine.ifPresent(
          known -> variables.putAll(settings.under("engine." + known + ".variables.")));
      variables.putAll(settings.under("target." + name + ".variables."));
      variables.putAll(settings.under("deploy.variables."));
      return variables;
    }

    private Path script(Path home, Path top, String kind) {
      return path(home, kind + "_dir").orElseGet(() -> top.resolve(kind));
    }

    /** One that is named for all scripts is looked for below the directory for reworked ones. */
    private Path reworked(Path home, Path top, String kind) {
      return path(home, "reworked_" + kind + "_dir")
          .or(() -> path(top, kind + "_dir"))
          .orElseGet(() -> top.resolve(kind));
    }

    private Optional<Path> path(Path home, String key) {
      try {
        return text(key).map(value -> home.resolve(value).normalize());
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }

    private Optional<String> text(String key) {
      return settings
          .text("target." + name + "." + key)
          .or(() -> engine.flatMap(known -> settings.text("engine." + known + "." + key)))
          .or(() -> settings.text("core." + key))
          .filter(value -> !value.isEmpty());
    }

    private static Dialect dialect(String engine) {
      return switch (engine) {
        case "pg" -> Dialect.POSTGRESQL;
        case "mysql" -> Dialect.MYSQL;
        case "sqlite" -> Dialect.SQLITE;
        default -> Dialect.OTHER;
      };
    }
  }
}
