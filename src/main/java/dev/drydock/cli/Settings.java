package dev.drydock.cli;

import dev.drydock.engine.postgres.PostgresEngine;
import dev.drydock.history.discovery.Search;
import dev.drydock.history.layout.Layouts;
import dev.drydock.lint.Configuration;
import dev.drydock.lint.ConfigurationReader;
import dev.drydock.lint.EngineStarter;
import dev.drydock.lint.KnownSizes;
import dev.drydock.lint.Lint;
import dev.drydock.lint.Supplies;
import dev.drydock.policy.Policy;
import dev.drydock.policy.PolicyException;
import dev.drydock.policy.RulePack;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import dev.drydock.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a repository and the caller say together.
 *
 * @param root what the paths in the configuration start from
 * @param file the configuration, relative to the root; absent when it lies elsewhere
 * @param given what the caller says on top of the file
 * @param policy compiles the rules; takes a moment
 */
record Settings(
    Path root,
    Optional<Path> file,
    Overrides given,
    Configuration configuration,
    Callable<Policy> policy) {
  /** What the option that names the file says of itself. */
  static final String CONFIG =
      "Configuration (default: .drydock.yml at the root of the repository, when it is there).";

  private static final String FILE = ".drydock.yml";

  /**
   * What the caller says on top of the file.
   *
   * @param config the file; the usual one when absent
   */
  record Overrides(
      Optional<Path> config,
      Optional<String> engine,
      Optional<String> failOn,
      Optional<String> layout) {

    /** The keys of the file that do not hold. */
    private Set<String> keys() {
      Set<String> keys = new HashSet<>();
      engine.ifPresent(unused -> keys.add(Judging.ENGINE));
      failOn.ifPresent(unused -> keys.add(Judging.FAIL_ON));
      layout.ifPresent(unused -> keys.add(Judging.LAYOUT));
      return keys;
    }
  }

  /** The file's configuration, with what the caller says on top. */
  static Settings read(Environment environment, Path root, Overrides given) {
    Path file = given.config().map(environment.directory()::resolve).orElse(root.resolve(FILE));
    // What is no file, or a link to nothing, is not as if it were not there.
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (given.config().isPresent() && !there) {
      throw new UsageException("the configuration %s is not there".formatted(file));
    }
    String name = given.config().map(Path::toString).orElse(FILE);
    String text = there ? text(root, file) : "";
    Configuration configuration = merged(ConfigurationReader.read(name, text), given);
    Path place = file.toAbsolutePath().normalize();
    Path top = root.toAbsolutePath().normalize();
    return new Settings(
        root,
        place.startsWith(top) ? Optional.of(top.relativize(place)) : Optional.empty(),
        given,
        configuration,
        () -> {
          RulePack pack = pack(root, configuration);
          ConfigurationReader.checkRules(name, text, pack);
          return Policy.of(
              pack,
              configuration.preset(),
              configuration.choices(),
              configuration.sizes().weighing());
        });
  }

  /** What the caller says is read as if it stood in a file, so that the same is refused. */
  private static Configuration merged(Configuration fromFile, Overrides given) {
    StringBuilder command = new StringBuilder();
    given.engine().ifPresent(value -> command.append("engine: ").append(value).append('\n'));
    given.failOn().ifPresent(value -> command.append("fail-on: ").append(value).append('\n'));
    given.layout().ifPresent(value -> command.append("layout: ").append(value).append('\n'));
    Configuration fromCommand = ConfigurationReader.read("the command line", command.toString());
    return new Configuration(
        given.engine().isPresent() ? fromCommand.engine() : fromFile.engine(),
        given.engine().isPresent() ? fromCommand.engineMajor() : fromFile.engineMajor(),
        given.failOn().isPresent() ? fromCommand.failOn() : fromFile.failOn(),
        given.layout().isPresent() ? fromCommand.layout() : fromFile.layout(),
        fromFile.directories(),
        fromFile.before(),
        fromFile.standIns(),
        fromFile.placeholders(),
        fromFile.timeZone(),
        fromFile.limits(),
        fromFile.sizes(),
        fromFile.rules(),
        fromFile.preset(),
        fromFile.choices());
  }

  /** The rules there are: Drydock's and those of the repository; takes a moment. */
  RulePack pack() {
    return pack(root, configuration);
  }

  private static RulePack pack(Path root, Configuration configuration) {
    RulePack pack = RulePack.builtIn();
    for (Path rules : configuration.rules()) {
      pack = pack.and(RulePack.checked(root, rules));
    }
    return pack;
  }

  /**
   * Of a file in the repository, which may be anybody's link, or of one that the user has
   * elsewhere.
   */
  private static String text(Path root, Path file) {
    Path inside = file.normalize();
    try {
      if (inside.startsWith(root)) {
        return FileTree.directory(root, FileTree.DEFAULT_LIMIT)
            .read(root.relativize(inside))
            .text();
      }
      Path real = file.toRealPath();
      return FileTree.directory(real.getParent(), FileTree.DEFAULT_LIMIT).read(real).text();
    } catch (SourceException e) {
      throw new UsageException(e.getMessage());
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s".formatted(file, Problem.of(e)));
    }
  }

  /** Starts the engine and compiles the rules; to be closed. */
  Lint start(Environment environment, EngineStarter engine, TerminalProgress progress) {
    return Lint.start(
        configuration, environment.processors(), policy, engine, progress, Drydock.Version.text());
  }

  /**
   * Starts the bundled server that the configuration asks for.
   *
   * @param keeping whether states after applied migrations are kept from run to run, and used
   */
  EngineStarter bundledEngine(Environment environment, boolean keeping) {
    Installation installed = new Installation(environment);
    PostgresEngine.Installation installation = installed.postgres();
    int major = configuration.engineMajor().orElse(PostgresEngine.DEFAULT_MAJOR);
    long disk = configuration.limits().disk();
    Optional<String> build = keeping ? installed.build() : Optional.empty();
    return () -> PostgresEngine.startBundled(installation, major, disk, build);
  }

  /**
   * What the configuration names for a run.
   *
   * @param change what is under review; absent when nothing is compared with a base
   * @param committed the last commit of the change
   */
  Supplies supplies(Optional<ChangeSet> change, Supplier<FileTree> committed) {
    FileTree disk = FileTree.directory(root, configuration.limits().file());
    Map<Path, SourceFile> standIns = new HashMap<>();
    configuration.standIns().forEach((code, sql) -> standIns.put(code, disk.read(sql)));
    return new Supplies(
        configuration.before().stream().map(disk::read).toList(),
        standIns,
        change
            .map(c -> KnownSizes.of(configuration.sizes(), c, committed.get(), disk))
            .orElseGet(() -> KnownSizes.at(configuration.sizes(), disk)),
        change.map(c -> altered(c.base(), committed.get())).orElse(List.of()));
  }

  /**
   * What the commits of a change alter of what runs before its migrations, and of which files those
   * are. What is not committed has been put there by whoever runs Drydock.
   */
  private List<String> altered(FileTree base, FileTree committed) {
    List<String> altered = new ArrayList<>();
    file.filter(path -> altered(path, base, committed) && !hasSameBase(path, base))
        .ifPresent(path -> altered.add(path.toString()));
    Stream.concat(configuration.before().stream(), configuration.standIns().values().stream())
        .filter(path -> altered(path, base, committed))
        .forEach(path -> altered.add(path.toString()));
    return altered;
  }

  /**
   * What the commits of a change alter of how it is judged, a few words each.
   *
   * @param directories those that the caller names
   */
  List<String> judging(ChangeSet change, FileTree committed, List<Path> directories) {
    Set<String> overruled = given.keys();
    if (!directories.isEmpty()) {
      overruled.add(Judging.DIRECTORIES);
    }
    return Judging.altered(file, configuration, overruled, new ChangeSet(change.base(), committed));
  }

  private boolean hasSameBase(Path file, FileTree base) {
    try {
      String text = base.has(file) ? base.read(file).text() : "";
      return configuration.sameBase(ConfigurationReader.read(file.toString(), text));
    } catch (PolicyException | SourceException e) {
      // What could not be read said nothing that this one could be the same as.
      return false;
    }
  }

  private static boolean altered(Path file, FileTree base, FileTree committed) {
    if (committed.has(file)) {
      return !(base.has(file) && base.id(file).equals(committed.id(file)));
    }
    // Which commit of a submodule there is, and so what is in its files, is the change's to say.
    Optional<String> inModule = committed.inModule(file);
    return inModule.isPresent() && !inModule.equals(base.inModule(file));
  }

  /**
   * Where migrations are.
   *
   * @param directories those that the caller names, relative to the root; overrule the file
   */
  Search search(List<Path> directories) {
    Search all =
        Search.everywhere().in(directories.isEmpty() ? configuration.directories() : directories);
    Search search = configuration.engine().isPresent() ? all.forPostgresql() : all;
    return configuration
        .layout()
        .map(layout -> search.as(Layouts.byId(layout).orElseThrow()))
        .orElse(search);
  }
}
