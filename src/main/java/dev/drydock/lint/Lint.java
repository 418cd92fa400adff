package dev.drydock.lint;

import dev.drydock.facts.mapping.Subject;
import dev.drydock.facts.mapping.Subjects;
import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.layout.Layouts;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Suppressions;
import dev.drydock.replay.Engine;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.report.HistoryReport;
import dev.drydock.report.Report;
import dev.drydock.report.Unjudged;
import dev.drydock.schema.Schema;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The use case: histories go in, a report comes out. The one place where the stages meet. */
public final class Lint implements AutoCloseable {
  private static final int MOST_SIDE_THREADS = 3;

  private final Configuration configuration;
  private final Progress progress;
  private final String toolVersion;
  private final ExecutorService side;
  private final Future<Engine> starting;
  private final Future<Policy> compiled;
  private final List<Runnable> meanwhile = new ArrayList<>();

  private Lint(
      Configuration configuration,
      Progress progress,
      String toolVersion,
      ExecutorService side,
      Future<Engine> starting,
      Future<Policy> compiled) {
    this.configuration = configuration;
    this.progress = progress;
    this.toolVersion = toolVersion;
    this.side = side;
    this.starting = starting;
    this.compiled = compiled;
  }

  /**
   * Starts the engine and loads the rules, while the caller looks for histories; to be closed.
   *
   * @param processors that the machine has
   * @param policy loads the rules
   * @param toolVersion of Drydock, for the report
   */
  public static Lint start(
      Configuration configuration,
      int processors,
      Callable<Policy> policy,
      EngineStarter starter,
      Progress progress,
      String toolVersion) {
    Objects.requireNonNull(configuration);
    Objects.requireNonNull(policy);
    // One is for the replay and its server, which take turns: what is done on the side must not be
    // in their way.
    int threads = Math.clamp(processors - 1, 1, MOST_SIDE_THREADS);
    ExecutorService side = Executors.newFixedThreadPool(threads, Lint::daemon);
    Future<Engine> starting = side.submit(starter::start);
    return new Lint(
        configuration,
        Objects.requireNonNull(progress),
        Objects.requireNonNull(toolVersion),
        side,
        starting,
        side.submit(policy));
  }

  /**
   * A history that has been run.
   *
   * @param pending what it adds
   * @param rules prepared while it ran
   */
  private record Ran(
      ReplayedHistory replayed, Map<Migration, Statements> pending, Future<Policy> rules) {}

  /** What a history comes to. */
  private record Judged(
      HistoryReport report,
      List<Finding> findings,
      List<Finding> suppressed,
      List<String> notices,
      Map<Path, SourceFile> files) {}

  /**
   * Replays and judges. A history whose replay fails at a statement is one the report has no
   * verdict on.
   *
   * @param histories those the change touches
   * @param supplies what they need besides
   * @throws ReplayException when there is no verdict on any
   */
  public Report run(List<History> histories, Supplies supplies) throws ReplayException {
    return run(histories, supplies, () -> {});
  }

  /**
   * The same as the last thing that is run: the engine stops while the findings are judged and
   * reported, and {@link #close()} waits for its end.
   *
   * @throws ReplayException when there is no verdict on any
   */
  public Report runLast(List<History> histories, Supplies supplies) throws ReplayException {
    return run(histories, supplies, () -> side.execute(this::stop));
  }

  private Report run(List<History> histories, Supplies supplies, Runnable replayed)
      throws ReplayException {
    List<History> ours = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (History found : histories) {
      History history = StandIns.put(found, supplies.standIns());
      if (history.pending().isEmpty() && history.problems().isEmpty()) {
        continue;
      }
      if (history.dialect() != Dialect.POSTGRESQL) {
        notices.add(notLinted(history));
        continue;
      }
      ours.add(history);
      notices.addAll(StandIns.notPut(found, supplies.standIns()));
    }
    if (!ours.isEmpty()) {
      notices.addAll(supplies.sizes().notices());
    }
    List<Ran> ran = new ArrayList<>();
    List<Unjudged> unjudged = new ArrayList<>();
    Map<Path, SourceFile> failed = new HashMap<>();
    for (History history : ours) {
      try {
        ran.add(replay(history, ours, supplies));
      } catch (ReplayException e) {
        // What fails at no statement is not the history's fault, and the next would fail too.
        Location place = e.location().orElseThrow(() -> e);
        unjudged.add(
            new Unjudged(history.directory().toString(), e.getMessage(), e.location(), e.remedy()));
        failed.putAll(HistoryReports.file(history, place));
      }
    }
    replayed.run();
    List<Judged> judged = new ArrayList<>();
    for (Ran history : ran) {
      judged.add(judge(history, supplies.sizes().sizes()));
    }
    return report(judged, unjudged, failed, await(compiled), notices);
  }

  /** Where only the words of its files say so, they may be misread. */
  private static String notLinted(History history) {
    String way =
        Layouts.nameDatabase(history.directory())
            ? ""
            : " (--dir %s --engine %s lints it)"
                .formatted(history.directory(), Configuration.POSTGRESQL);
    return "%s holds migrations for another database%s and was not linted%s"
        .formatted(history.directory(), named(history.dialect()), way);
  }

  private static String named(Dialect dialect) {
    return dialect == Dialect.OTHER
        ? ""
        : " (%s)".formatted(dialect.name().toLowerCase(Locale.ROOT));
  }

  /** Has {@code task} done on the side while the engine replays, which leaves time for it. */
  public void whileReplaying(Runnable task) {
    meanwhile.add(task);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "drydock-side");
    thread.setDaemon(true);
    return thread;
  }

  /** Stops the engine. */
  @Override
  public void close() {
    stop();
    side.shutdownNow();
  }

  private synchronized void stop() {
    try {
      await(starting).close();
    } catch (ReplayException e) {
      // It never started; that was reported where it was needed.
      return;
    }
  }

  static <T> T await(Future<T> future) throws ReplayException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ReplayException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReplayException("the run was interrupted", "run it again");
    }
  }

  private Ran replay(History history, List<History> all, Supplies supplies) throws ReplayException {
    if (history.pending().isEmpty()) {
      ReplayedHistory replayed =
          new ReplayedHistory(
              history,
              configuration.engine().orElse(Configuration.POSTGRESQL),
              "",
              Schema.of(List.of()),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      return new Ran(replayed, Map.of(), compiled);
    }
    HistoryScripts scripts =
        HistoryScripts.read(history, supplies, configuration.placeholders(), side);
    // While the server replays, there is time for it.
    Future<Policy> prepared = side.submit(this::prepared);
    meanwhile.forEach(side::submit);
    meanwhile.clear();
    HistoryReplay replay =
        new HistoryReplay(configuration, progress, history, all, scripts, supplies);
    return new Ran(replay.on(await(starting)), scripts.pending(), prepared);
  }

  private static Judged judge(Ran ran, TableSizes sizes) throws ReplayException {
    ReplayedHistory replayed = ran.replayed();
    List<Subject> subjects = Subjects.of(replayed, sizes);
    Policy rules = await(ran.rules());
    List<Finding> found = rules.judge(subjects, Subjects.engine(replayed), sizes);
    Suppressions divided =
        Suppressions.apply(
            found,
            List.copyOf(ran.pending().values()),
            HistoryScripts.edited(replayed.history()),
            rules.pack());
    List<Finding> counted = new ArrayList<>(divided.counted());
    counted.addAll(rules.judge(divided.subjects(), Subjects.engine(replayed)));
    return new Judged(
        HistoryReports.of(replayed),
        counted,
        divided.suppressed(),
        replayed.notices(),
        HistoryReports.files(
            replayed.history(), Stream.concat(counted.stream(), divided.suppressed().stream())));
  }

  private Policy prepared() throws ReplayException {
    Policy rules = await(compiled);
    rules.prepare();
    return rules;
  }

  /**
   * @param failed files with the places where there is no verdict
   */
  private Report report(
      List<Judged> judged,
      List<Unjudged> unjudged,
      Map<Path, SourceFile> failed,
      Policy rules,
      List<String> notices) {
    List<Finding> findings = new ArrayList<>();
    List<Finding> suppressed = new ArrayList<>();
    List<String> all = new ArrayList<>(notices);
    Map<Path, SourceFile> files = new HashMap<>(failed);
    for (Judged one : judged) {
      findings.addAll(one.findings());
      suppressed.addAll(one.suppressed());
      all.addAll(one.notices());
      files.putAll(one.files());
    }
    return new Report(
        toolVersion,
        configuration.failOn(),
        unjudged,
        judged.stream().map(Judged::report).toList(),
        findings,
        suppressed,
        rules.severities(),
        all,
        files);
  }
}
