package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.watch.Delta;
import dev.drydock.engine.postgres.watch.Effects;
import dev.drydock.engine.postgres.watch.Observer;
import dev.drydock.engine.postgres.watch.RevertedCommands;
import dev.drydock.engine.postgres.watch.Said;
import dev.drydock.engine.postgres.watch.SkippedCommands;
import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.ServerNotice;
import dev.drydock.replay.Session;
import dev.drydock.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the statements of a run were seen to do, one observation for each, in order. */
final class ObservationLog {
  private final Observer observer;
  private final RowFailures rowFailures;
  private final List<Observation> observations = new ArrayList<>();
  private int transaction;

  ObservationLog(Observer observer, RowFailures rowFailures) {
    this.observer = observer;
    this.rowFailures = rowFailures;
  }

  List<Observation> all() {
    return List.copyOf(observations);
  }

  /** Begins anew, with the statements of another script; transactions are counted on. */
  void clear() {
    observations.clear();
  }

  /** What is added from here on belongs to another transaction. */
  void beginTransaction() {
    transaction++;
  }

  /** Of the transaction that is open nothing remains. */
  void undoTransaction() {
    observations.replaceAll(seen -> seen.transaction() == transaction ? seen.undone() : seen);
  }

  /** Takes back all from the statement with that index on. */
  void forgetFrom(int index) {
    while (observations.size() > index) {
      observations.removeLast();
    }
  }

  /** Adds those of {@code statements} that have no observation yet. */
  void addNotReached(List<Statement> statements) {
    for (Statement statement : statements.subList(observations.size(), statements.size())) {
      observations.add(
          Observation.notReached(
              statement, transaction, observer.session(), observer.schema().current()));
    }
  }

  /** Adds what succeeded and had no effect that was looked for. */
  void add(Statement statement, boolean inTransaction, Said said) {
    Outcome done = new Outcome.Succeeded();
    add(statement, done, observer.session(), inTransaction, observer.held(), said.notices());
  }

  /** The same with another outcome, or under other settings and locks than there are now. */
  void add(
      Statement statement,
      Outcome outcome,
      Session settings,
      boolean inTransaction,
      List<Lock> heldBefore,
      List<ServerNotice> notices) {
    List<String> command = List.of(statement.syntax().command());
    add(
        statement,
        outcome,
        settings,
        inTransaction,
        heldBefore,
        List.of(),
        command,
        List.of(),
        List.of(),
        notices);
  }

  /** Adds what succeeded, with its effects. */
  void add(
      Statement statement,
      Session settings,
      boolean inTransaction,
      List<Lock> heldBefore,
      Delta delta,
      Said said) {
    add(
        statement,
        new Outcome.Succeeded(),
        settings,
        inTransaction,
        heldBefore,
        Effects.of(statement, observer, delta),
        delta.commands(statement),
        SkippedCommands.by(statement, said, delta),
        RevertedCommands.by(statement, observer, said, delta),
        said.notices());
  }

  /**
   * Adds what failed.
   *
   * @param leftBehind what it did all the same
   */
  void addFailed(
      Statement statement, Outcome outcome, boolean inTransaction, List<Effect> leftBehind) {
    add(
        statement,
        outcome,
        observer.session(),
        inTransaction,
        observer.held(),
        leftBehind,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private void add(
      Statement statement,
      Outcome outcome,
      Session settings,
      boolean inTransaction,
      List<Lock> heldBefore,
      List<Effect> effects,
      List<String> commands,
      List<Cause> skipped,
      List<Cause> reverted,
      List<ServerNotice> notices) {
    observations.add(
        new Observation(
            statement,
            outcome,
            rowFailures.of(statement),
            transaction,
            inTransaction,
            settings,
            heldBefore,
            effects,
            commands,
            skipped,
            reverted,
            notices,
            false,
            observer.schema().current()));
  }
}
