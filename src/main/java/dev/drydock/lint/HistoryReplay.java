package dev.drydock.lint;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.layout.Layouts;
import dev.drydock.replay.Engine;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.replay.ScriptedMigration;
import dev.drydock.sql.PsqlCommand;
import dev.drydock.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The replay of one history: what production has, and then, watched, what the change adds. */
final class HistoryReplay {
  private final Configuration configuration;
  private final Progress progress;
  private final History history;
  private final List<History> all;
  private final HistoryScripts scripts;
  private final Supplies supplies;

  /** What the change alters of what runs before its migrations, a few words each. */
  private final List<String> altered;

  /**
   * @param all the histories of the run
   */
  HistoryReplay(
      Configuration configuration,
      Progress progress,
      History history,
      List<History> all,
      HistoryScripts scripts,
      Supplies supplies) {
    this.configuration = configuration;
    this.progress = progress;
    this.history = history;
    this.all = all;
    this.scripts = scripts;
    this.supplies = supplies;
    this.altered = Stream.concat(supplies.altered().stream(), history.altered().stream()).toList();
  }

  /**
   * Replays it, once more where there was too little room.
   *
   * @throws ReplayException when there is no verdict on it
   */
  ReplayedHistory on(Engine engine) throws ReplayException {
    try {
      ReplayedHistory replayed = once(engine);
      if (!engine.ranOut()) {
        return replayed;
      }
    } catch (ReplayException e) {
      if (!engine.ranOut()) {
        throw e;
      }
    }
    engine.makeRoom();
    return once(engine);
  }

  private ReplayedHistory once(Engine engine) throws ReplayException {
    try (Replay replay = engine.open(plan(), scripts.describedBase())) {
      apply(replay);
      replay.startObserving(history.pending());
      List<ReplayedMigration> migrations = observe(replay);
      ReplayedHistory replayed =
          new ReplayedHistory(
              history,
              engine.name(),
              engine.version(),
              replay.base(),
              migrations,
              replay.trials(),
              replay.sequencesBehind(),
              notices(replay.notices()));
      return withBroken(replay, replayed);
    }
  }

  /** What the tool runs after the migrations counts with them where they broke it. */
  private ReplayedHistory withBroken(Replay replay, ReplayedHistory replayed) {
    boolean through =
        replayed.observations().stream()
            .noneMatch(
                one ->
                    one.outcome() instanceof Outcome.Failed
                        || one.outcome() instanceof Outcome.Stopped);
    List<ReplayedMigration> broken =
        through ? AfterMigrations.broken(replay, scripts.afterwards(), replayed.end()) : List.of();
    return broken.isEmpty() ? replayed : replayed.followedBy(broken);
  }

  private ReplayPlan plan() {
    Configuration.Limits limits = configuration.limits();
    return new ReplayPlan(
        history.prelude(),
        history.session(),
        configuration.timeZone(),
        limits.statement(),
        limits.run(),
        limits.disk(),
        altered.isEmpty());
  }

  private void apply(Replay replay) throws ReplayException {
    int base = scripts.base().size();
    scripts.splitBase(replay.standing());
    for (int done = replay.standing(); done < base; ) {
      List<ScriptedMigration> next = scripts.next(done);
      tell(scripts.base().get(done), done);
      try {
        replay.apply(next);
      } catch (ReplayException e) {
        throw BaseFailure.withoutRights(
            BaseFailure.withCause(e, history, all, supplies.before()), altered);
      }
      done += next.size();
    }
  }

  private List<ReplayedMigration> observe(Replay replay) throws ReplayException {
    List<ReplayedMigration> migrations = new ArrayList<>();
    for (List<ScriptedMigration> together : scripts.pendingRuns()) {
      refuseCommands(together);
      tell(together.getFirst().migration(), scripts.base().size() + migrations.size());
      List<Observation> observations =
          BaseFailure.withCause(replay.observe(together), history, all);
      for (ScriptedMigration one : together) {
        int count = one.statements().size();
        migrations.add(new ReplayedMigration(one.migration(), observations.subList(0, count)));
        observations = observations.subList(count, observations.size());
      }
    }
    return migrations;
  }

  /** psql may do with a command what no replay can, so that it is no failure of the migration. */
  private void refuseCommands(List<ScriptedMigration> migrations) throws ReplayException {
    for (ScriptedMigration one : migrations) {
      Optional<Statement> command =
          one.statements().stream()
              .filter(statement -> statement.kind() == Statement.Kind.META)
              .filter(statement -> !PsqlCommand.isReplayed(statement.text()))
              .findFirst();
      if (command.isPresent() && Layouts.mayRunPsql(history.layout())) {
        throw new ReplayException(
            "the pending migration %s cannot be replayed: %s is a command of psql, which only psql can run"
                .formatted(one.migration().file().path(), command.get().syntax().command()),
            Optional.of(command.get().location()),
            PsqlCommand.remedy(command.get().text()),
            null);
      }
    }
  }

  /**
   * @param before how many come before it
   */
  private void tell(Migration next, int before) {
    progress.replaying(
        next.file().path(), before + 1, scripts.base().size() + history.pending().size());
  }

  private List<String> notices(List<String> seen) {
    List<String> notices = new ArrayList<>(seen);
    if (!altered.isEmpty() && !scripts.base().isEmpty()) {
      notices.add(BaseFailure.withoutRights(altered));
    }
    return notices;
  }
}
