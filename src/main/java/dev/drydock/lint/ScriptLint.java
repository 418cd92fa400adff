package dev.drydock.lint;

import dev.drydock.facts.mapping.Subjects;
import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Suppressions;
import dev.drydock.replay.Engine;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.schema.Schema;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statements;
import dev.drydock.sql.SyntaxReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lints scripts that stand in no file, each statement committing by itself: the examples of rules,
 * labelled cases.
 */
public final class ScriptLint {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ReplayPlan PLAN =
      new ReplayPlan("", ZoneId.of("UTC"), LIMIT, LIMIT.multipliedBy(10), 1L << 30);

  private final Engine engine;
  private final Policy policy;

  public ScriptLint(Engine engine, Policy policy) {
    this.engine = engine;
    this.policy = policy;
  }

  /**
   * What came of a change.
   *
   * @param findings those that are not suppressed
   * @param end the schema after it
   * @param failure why it stopped half way; empty when it ran to its end
   */
  public record Result(List<Finding> findings, Schema end, String failure) {
    public Result {
      findings = List.copyOf(findings);
    }

    public boolean succeeded() {
      return failure.isEmpty();
    }
  }

  /** The path a finding has that points into the script at {@code index} of a change, from 0. */
  public static Path path(int index) {
    return Path.of("change", (index + 1) + ".sql");
  }

  /** The script at {@code index} of a change, from 0, as a migration. */
  static Migration migration(int index, String sql) {
    SourceFile file = new SourceFile(path(index), sql);
    return new Migration(
        new Version.Versioned(String.valueOf(index + 1), List.of()),
        "",
        file,
        Script.whole(file),
        Optional.empty(),
        Transaction.NONE);
  }

  /**
   * Replays {@code history} and judges {@code change}.
   *
   * @throws ReplayException when the server cannot be used, or the history does not replay
   */
  public Result run(List<String> history, List<String> change) throws ReplayException {
    Replayed replayed = replay(history, change);
    return new Result(
        judge(replayed, TableSizes.UNKNOWN), replayed.history().end(), replayed.failure());
  }

  /** What was seen of a change, not judged yet. */
  record Replayed(ReplayedHistory history, List<Statements> scripts, String failure) {}

  Replayed replay(List<String> history, List<String> change) throws ReplayException {
    List<Migration> applied = migrations(history);
    List<Migration> pending = migrations(change);
    try (Replay replay = engine.open(PLAN);
        SyntaxReader reader = SyntaxReader.start(LIMIT)) {
      apply(replay, applied);
      replay.startObserving(pending);
      List<Statements> scripts = new ArrayList<>();
      List<ReplayedMigration> replayed = new ArrayList<>();
      String failure = "";
      for (Migration migration : pending) {
        Statements statements = Statements.of(migration, Optional.empty()).parsed(reader);
        scripts.add(statements);
        List<Observation> observations = replay.observe(migration, statements.list());
        replayed.add(new ReplayedMigration(migration, observations));
        for (Observation observation : observations) {
          if (observation.outcome() instanceof Outcome.Failed failed) {
            failure = observation.statement().text() + ": " + failed.message();
          }
        }
      }
      History whole =
          new History(
              "plain",
              Path.of("change"),
              Dialect.POSTGRESQL,
              applied,
              pending,
              List.of(),
              Optional.empty(),
              "");
      ReplayedHistory all =
          new ReplayedHistory(
              whole,
              engine.name(),
              engine.version(),
              replay.base(),
              replayed,
              replay.trials(),
              replay.sequencesBehind(),
              List.of());
      return new Replayed(all, scripts, failure);
    }
  }

  /**
   * Whether a query finds anything after {@code history} and {@code rows} were run.
   *
   * @throws ReplayException when one of them does not run
   */
  boolean finds(List<String> history, String rows, String query) throws ReplayException {
    List<String> scripts = new ArrayList<>(history);
    scripts.add(rows);
    try (Replay replay = engine.open(PLAN)) {
      apply(replay, migrations(scripts));
      return replay.finds(query);
    }
  }

  /**
   * Which queries do not run after {@code history}, a sentence each.
   *
   * @throws ReplayException when the history does not run
   */
  List<String> unanswered(List<String> history, List<String> queries) throws ReplayException {
    if (queries.isEmpty()) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    try (Replay replay = engine.open(PLAN)) {
      apply(replay, migrations(history));
      for (String query : queries) {
        try {
          replay.finds(query);
        } catch (ReplayException e) {
          problems.add(e.getMessage());
        }
      }
    }
    return problems;
  }

  List<Finding> judge(Replayed replayed, TableSizes sizes) {
    ReplayedHistory history = replayed.history();
    List<Finding> found =
        policy.judge(Subjects.of(history, sizes), Subjects.engine(history), sizes);
    Suppressions divided = Suppressions.apply(found, replayed.scripts(), List.of(), policy.pack());
    List<Finding> findings = new ArrayList<>(divided.counted());
    findings.addAll(policy.judge(divided.subjects(), Subjects.engine(history)));
    return findings;
  }

  private static void apply(Replay replay, List<Migration> migrations) throws ReplayException {
    for (Migration migration : migrations) {
      replay.apply(migration, Statements.of(migration, Optional.empty()).list());
    }
  }

  private static List<Migration> migrations(List<String> scripts) {
    List<Migration> migrations = new ArrayList<>();
    for (int i = 0; i < scripts.size(); i++) {
      migrations.add(migration(i, scripts.get(i)));
    }
    return migrations;
  }
}
