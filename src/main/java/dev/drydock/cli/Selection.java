package dev.drydock.cli;

import dev.drydock.engine.postgres.PostgresEngine;
import dev.drydock.engine.postgres.server.ServerAddress;
import dev.drydock.history.History;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.history.layout.Found;
import dev.drydock.lint.Configuration;
import dev.drydock.lint.EngineStarter;
import dev.drydock.lint.Lint;
import dev.drydock.lint.Supplies;
import dev.drydock.replay.ReplayException;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.Checkout;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say which migrations are new, what they stand on and what judges them. */
final class Selection {
  private final Environment environment;

  @Parameters(
      paramLabel = "PENDING",
      arity = "0..*",
      description =
          "Migrations to lint as new, in the order of their versions; no git repository is needed then.")
  private List<Path> pending = new ArrayList<>();

  @Option(
      names = "--applied",
      paramLabel = "PATH",
      description =
          "With files: migrations that production has, a file or a directory. May be given several times.")
  private List<Path> applied = new ArrayList<>();

  @Option(
      names = "--base",
      paramLabel = "REF",
      description = "Revision to compare with (default: the default branch of the remote).")
  private Optional<String> base = Optional.empty();

  @Option(
      names = "--head",
      paramLabel = "REF",
      description = "Revision that holds the change (default: the working tree).")
  private Optional<String> head = Optional.empty();

  @Option(
      names = "--newest",
      paramLabel = "N",
      description = "Lint the newest N migrations as if they were new, whatever git says.")
  private Optional<Integer> newest = Optional.empty();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Look for migrations in this directory only. May be given several times.")
  private List<Path> directories = new ArrayList<>();

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      completionCandidates = Candidates.Layouts.class,
      description =
          "How the migrations are laid out: ${COMPLETION-CANDIDATES} (default: recognised).")
  private Optional<String> layout = Optional.empty();

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "Database to run on: postgresql, or postgresql@ and a major version (default: postgresql@17).")
  private Optional<String> engine = Optional.empty();

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "Run on this server instead, in a database made for the run and dropped after it:"
              + " postgresql://user:password@host:port/database. A server for tests: roles that the"
              + " applied migrations alter there stay altered.")
  private Optional<String> database = Optional.empty();

  @Option(
      names = "--cache",
      negatable = true,
      description =
          "Begin where an earlier run stood after the same applied migrations, and keep for later ones where this"
              + " one stands (default: yes, but in CI, where nothing stays).")
  private Optional<Boolean> cache = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = Settings.CONFIG)
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit with 1 when a finding is at least this severe: error, warning, info (default: error).")
  private Optional<String> failOn = Optional.empty();

  Selection(Environment environment) {
    this.environment = environment;
  }

  /** What a command does with the migrations that are selected. */
  interface Work<T> {
    T on(Selected selected) throws ReplayException, IOException;
  }

  /**
   * What is selected, with the engine starting and the rules compiling.
   *
   * @param supplies what the histories need besides
   * @param unlooked what of the change was not looked at, a sentence each
   * @param judging what the change alters of how it is judged itself, a few words each
   * @param files the directory that the paths of migrations are relative to
   * @param progress to be closed before anything is printed
   */
  record Selected(
      Lint lint,
      List<History> histories,
      Supplies supplies,
      List<String> unlooked,
      List<String> judging,
      Path files,
      TerminalProgress progress) {}

  /** Whether the files of the working tree are what is linted, and are new. */
  boolean isWorkingTree() {
    return head.isEmpty() && newest.isEmpty();
  }

  /** Finds what is selected, has it worked on, and stops the engine. */
  <T> T with(Work<T> work) throws ReplayException, IOException {
    if (newest.filter(number -> number < 1).isPresent()) {
      throw new UsageException("--newest is at least 1, not %d".formatted(newest.get()));
    }
    refuseWhatSaysNothing();
    Path root = Checkout.top(environment.directory()).orElse(environment.directory());
    Settings settings =
        Settings.read(environment, root, new Settings.Overrides(config, engine, failOn, layout));
    Configuration configuration = settings.configuration();
    // The engine starts before anything else is looked at: it takes longest.
    try (TerminalProgress progress =
            TerminalProgress.on(environment.err(), environment.errTerminal());
        Lint lint = settings.start(environment, starter(settings), progress)) {
      Optional<Checkout> checkout =
          pending.isEmpty() && Checkout.exists(environment.directory())
              ? Optional.of(Checkout.open(environment.directory(), configuration.limits().file()))
              : Optional.empty();
      try {
        Optional<ChangeSet> change = change(checkout, configuration);
        Found found = find(checkout, change, settings);
        if (found.directories().isEmpty()) {
          throw new UsageException(nothing(root, found));
        }
        return work.on(
            new Selected(
                lint,
                found.histories(),
                settings.supplies(change, () -> checkout.orElseThrow().commit(head.orElse("HEAD"))),
                newest.isPresent() ? describe(found) : found.unlooked(),
                // Of another revision than the one on disk, the configuration is not what holds.
                change
                    .filter(unused -> head.isEmpty())
                    .map(
                        c ->
                            settings.judging(c, checkout.orElseThrow().commit("HEAD"), directories))
                    .orElse(List.of()),
                pending.isEmpty() ? root : environment.directory(),
                progress));
      } catch (SourceException e) {
        // What the command line names and is not there is a mistake in it.
        throw e.isMisnamed() ? new UsageException(e.getMessage()) : e;
      } finally {
        checkout.ifPresent(Checkout::close);
      }
    }
  }

  /** An option without effect would pass for one that had it. */
  private void refuseWhatSaysNothing() {
    if (!pending.isEmpty()) {
      refuse(base, "--base", "files that are named, which are linted whatever git says");
      refuse(head, "--head", "files that are named, which are linted whatever git says");
      refuse(newest, "--newest", "files that are named, which are the new ones");
    } else if (!applied.isEmpty()) {
      throw new UsageException(
          "--applied goes with the pending files: name them after the options");
    }
    if (newest.isPresent()) {
      refuse(base, "--base", "--newest, which compares nothing");
    }
  }

  private static void refuse(Optional<?> option, String name, String beside) {
    if (option.isPresent()) {
      throw new UsageException("%s does not go with %s".formatted(name, beside));
    }
  }

  private static String nothing(Path root, Found found) {
    return found.passedOver().isEmpty()
        ? "no migrations were found under %s. %s"
            .formatted(
                root,
                found.modules().stream()
                    .findFirst()
                    .or(found::elsewhere)
                    .orElse("Name their directory with --dir, or the files themselves."))
        : "%s. To read its files as another tool's, name that with --layout."
            .formatted(found.passedOver().getFirst().described());
  }

  /** Where nothing is compared, all that was passed over might have been meant. */
  private static List<String> describe(Found found) {
    return Stream.of(
            found.passedOver().stream()
                .map(over -> over.described() + ": its files were not looked at."),
            found.modules().stream(),
            found.elsewhere().stream())
        .flatMap(said -> said)
        .toList();
  }

  /** What is compared; nothing when the new migrations are named, or counted from the newest. */
  private Optional<ChangeSet> change(Optional<Checkout> checkout, Configuration configuration) {
    if (!pending.isEmpty() || newest.isPresent()) {
      return Optional.empty();
    }
    Checkout repository =
        checkout.orElseGet(
            () -> Checkout.open(environment.directory(), configuration.limits().file()));
    return Optional.of(repository.changes(base, head));
  }

  private Found find(Optional<Checkout> checkout, Optional<ChangeSet> change, Settings settings) {
    Path directory = environment.directory();
    long limit = settings.configuration().limits().file();
    Search search =
        settings.search(
            directories.stream()
                .map(dir -> checkout.map(c -> c.relative(directory, dir)).orElse(dir.normalize()))
                .toList());
    if (!pending.isEmpty()) {
      FileTree asPending = FileTree.named(directory, pending, limit);
      FileTree asApplied = FileTree.named(directory, applied, limit);
      History history = new HistoryFinder(search).among(asApplied, asPending);
      return new Found(
          List.of(history), List.of(history.directory()), List.of(), Optional.empty(), List.of());
    }
    if (newest.isPresent()) {
      FileTree tree =
          checkout
              .map(c -> head.isPresent() ? c.commit(head.get()) : c.workingTree())
              .orElseGet(() -> FileTree.directory(directory, limit));
      return new HistoryFinder(search).newest(tree, newest.get());
    }
    return new HistoryFinder(search.touched()).in(change.orElseThrow());
  }

  private static ServerAddress address(String url) {
    try {
      return ServerAddress.parse(url);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private EngineStarter starter(Settings settings) {
    if (database.isPresent()) {
      ServerAddress address = address(database.get());
      return () -> PostgresEngine.connect(address);
    }
    return settings.bundledEngine(environment, cache.orElse(environment.variable("CI").isEmpty()));
  }
}
