package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.watch.Delta;
import dev.drydock.engine.postgres.watch.Effects;
import dev.drydock.engine.postgres.watch.Observer;
import dev.drydock.engine.postgres.watch.Said;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.ScriptedMigration;
import dev.drydock.replay.Session;
import dev.drydock.schema.Schema;
import dev.drydock.sql.Statement;
import dev.drydock.sql.TransactionControl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs the statements of pending migrations and watches each. */
final class ObservedRun implements ScriptRun.Steps {
  static final String DISK_FULL = "53100";

  /**
   * Active SQL transaction, and invalid transaction termination (a COMMIT in a block or procedure).
   */
  private static final Set<String> REFUSES_TRANSACTION = Set.of("25001", "2D000");

  /**
   * These may mean something only in a transaction; wrapped in one of ours they would succeed where
   * they fail, or where the server warns that they do nothing, as of SET LOCAL.
   */
  private static final Set<String> NEED_TRANSACTION =
      Set.of("LOCK TABLE", "DECLARE CURSOR", "SET CONSTRAINTS", "SET");

  private final Server server;
  private final String database;
  private final MigratingSession session;
  private final Observer observer;
  private final Preconditions preconditions;
  private final CanaryRows canaries;
  private final Duration limit;
  private final ObservationLog log;

  private final RowFailures rowFailures;
  private final LeftOut leftOut = new LeftOut();
  private final Failures failures;
  private final Mending mending;
  private final HandledRefusals refusals;

  private List<Statement> statements = List.of();
  private boolean ended;
  private Schema beforeTransaction;

  /**
   * What a statement that failed did all the same: a concurrent index build leaves an invalid
   * index.
   */
  private List<Effect> leftBehind = List.of();

  ObservedRun(
      Server server,
      String database,
      MigratingSession session,
      Observer observer,
      Repairs repairs,
      Preconditions preconditions,
      CanaryRows canaries,
      Duration limit) {
    this.server = server;
    this.database = database;
    this.session = session;
    this.observer = observer;
    this.preconditions = preconditions;
    this.canaries = canaries;
    this.limit = limit;
    this.rowFailures = new RowFailures(canaries);
    this.log = new ObservationLog(observer, rowFailures);
    this.failures = new Failures(server, database, repairs, leftOut);
    this.mending = new Mending(session, observer, repairs, rowFailures, leftOut, limit);
    this.refusals = new HandledRefusals(session, canaries, limit);
    this.beforeTransaction = observer.schema().base();
  }

  /** Whether a statement failed, so that the tool would have stopped there. */
  boolean ended() {
    return ended;
  }

  /**
   * One observation for each statement; those after a failure were not reached.
   *
   * @param together of several, the first says how their tool runs all of them
   */
  List<Observation> run(List<ScriptedMigration> together) throws SQLException {
    log.clear();
    statements = together.stream().flatMap(next -> next.statements().stream()).toList();
    observer.expect(statements);
    rowFailures.begin(statements);
    leftOut.begin();
    if (!ended) {
      Transaction transactions = together.getFirst().migration().transaction();
      new ScriptRun(session, transactions, statements, this).run();
    }
    log.addNotReached(statements);
    return forgiven(together) ? passOver(together) : Rollbacks.applied(log.all());
  }

  /**
   * Whether the tool goes on after a failure, with nothing left of what it ran: that says nothing
   * of a database where it does not fail.
   */
  private boolean forgiven(List<ScriptedMigration> together) {
    Migration migration = together.getFirst().migration();
    Optional<String> failure =
        log.all().stream()
            .map(Observation::outcome)
            .filter(Outcome.Failed.class::isInstance)
            .map(outcome -> ((Outcome.Failed) outcome).message())
            .findFirst()
            .filter(any -> migration.up().mayFail())
            .filter(any -> migration.transaction() == Transaction.PER_MIGRATION)
            .filter(any -> session.isUsable());
    failure.ifPresent(message -> preconditions.noteFailed(migration, message));
    ended &= failure.isEmpty();
    return failure.isPresent();
  }

  static boolean lackedRoom(Observation observation) {
    return observation.outcome() instanceof Outcome.Failed failed
        && failed.sqlState().equals(DISK_FULL);
  }

  /** One observation for each statement, of which none is run. */
  List<Observation> passOver(List<ScriptedMigration> together) {
    log.clear();
    statements = together.stream().flatMap(next -> next.statements().stream()).toList();
    log.addNotReached(statements);
    return log.all();
  }

  @Override
  public void begin() throws SQLException {
    startTransaction();
    session.run("begin");
    observer.afterBegin();
  }

  private void startTransaction() throws SQLException {
    log.beginTransaction();
    beforeTransaction = observer.schema().current();
    observer.beforeTransaction();
  }

  @Override
  public void inTransaction(Statement statement) throws SQLException {
    Optional<Outcome.Refused> refused = leftOut.refused(statement);
    if (refused.isPresent()) {
      leaveOut(statement, refused.get(), true);
      Optional<String> instead = leftOut.instead(statement);
      if (instead.isPresent()) {
        session.run(instead.get(), limit);
        observer.disown();
      }
    } else {
      watch(statement, true, "");
    }
  }

  private void leaveOut(Statement statement, Outcome.Refused refused, boolean inTransaction) {
    log.add(statement, refused, observer.session(), inTransaction, observer.held(), List.of());
  }

  /**
   * @param inTransaction whether the transaction is the migration's; one that is ours is committed
   * @param afterwards SQL that is to be run right after it
   */
  private void watch(Statement statement, boolean inTransaction, String afterwards)
      throws SQLException {
    if (inTransaction && statement.syntax().command().equals("SET") && isOne(statement)) {
      session.run(statement, limit);
      observer.afterSet();
      add(statement, true);
      return;
    }
    observer.beforeStatement();
    List<Lock> heldBefore = observer.held();
    Session settings = observer.session();
    String held =
        session.runAndAsk(
            statement, leftOut.instead(statement), afterwards + observer.lockQuestion(), limit);
    Said said = observer.saidInside(session.last());
    if (statement.transactionControl() == TransactionControl.SAVEPOINT) {
      // A rollback to a savepoint undoes changes without an event and gives locks back.
      observer.readAgain();
      Outcome done = new Outcome.Succeeded();
      log.add(statement, done, settings, inTransaction, heldBefore, said.notices());
      return;
    }
    refusals.look(statement, said);
    Delta delta =
        inTransaction
            ? observer.delta(statement, said, held)
            : session.watched(() -> observer.deltaAndCommit(statement, said, held), limit);
    log.add(statement, settings, inTransaction, heldBefore, delta, said);
  }

  /**
   * Whether it is certain to be one statement: without standard_conforming_strings a string with a
   * backslash in it has another end, and what comes after that runs too.
   */
  private static boolean isOne(Statement statement) {
    return statement.text().indexOf('\\') < 0;
  }

  @Override
  public void alone(Statement statement) throws SQLException {
    Optional<Outcome.Refused> refused = leftOut.refused(statement);
    if (refused.isPresent()) {
      log.beginTransaction();
      leaveOut(statement, refused.get(), false);
      return;
    }
    if (statement.transactionControl() == TransactionControl.SAVEPOINT
        || (NEED_TRANSACTION.contains(statement.syntax().command()) && isOne(statement))) {
      log.beginTransaction();
      session.run(statement, limit);
      add(statement, false);
      afterTransaction();
      return;
    }
    try {
      if (statement.kind() == Statement.Kind.SQL && observer.startsAtZero()) {
        startTransaction();
        // To the server, the transaction that a BEGIN in the middle of a message opens has begun
        // with the message: this saves a way there and back.
        watch(statement, false, "begin; ");
      } else {
        begin();
        watch(statement, false, "");
      }
      observer.forgetTransaction();
      canaries.replant(observer.schema().current());
    } catch (SQLException e) {
      if (!REFUSES_TRANSACTION.contains(e.getSQLState()) || !session.isUsable()) {
        throw e;
      }
      if (session.inTransaction()) {
        session.run("rollback");
      }
      observer.beforeTransaction();
      Session settings = observer.session();
      BlockedRun.Result result =
          BlockedRun.run(server, database, session, observer, statement, limit);
      if (result.failure().isPresent()) {
        leftBehind = Effects.of(statement, observer, result.delta());
        throw result.failure().get();
      }
      log.add(statement, settings, false, List.of(), result.delta(), result.said());
      afterTransaction();
    }
  }

  @Override
  public void beginning(Statement statement) throws SQLException {
    startTransaction();
    session.run(statement, limit);
    observer.afterBegin();
    add(statement, true);
  }

  @Override
  public void ending(Statement statement) throws SQLException {
    session.run(statement, limit);
    if (statement.syntax().command().equals("ROLLBACK")) {
      observer.schema().reset(beforeTransaction);
    }
    add(statement, true);
    if (session.inTransaction()) {
      // It was one with AND CHAIN.
      log.beginTransaction();
      beforeTransaction = observer.schema().current();
      observer.afterChain();
    } else {
      afterTransaction();
    }
  }

  @Override
  public void adopting(Statement statement) throws SQLException {
    add(statement, true);
  }

  @Override
  public void commit() throws SQLException {
    session.watched(
        () -> {
          observer.commit();
          return true;
        },
        limit);
    canaries.replant(observer.schema().current());
  }

  @Override
  public void abandon() throws SQLException {
    log.undoTransaction();
    session.run("rollback");
    observer.schema().reset(beforeTransaction);
    afterTransaction();
  }

  @Override
  public boolean failed(
      Statement statement, int restart, boolean inTransaction, SQLException failure)
      throws SQLException {
    boolean limitPassed = failure instanceof MigratingSession.LimitPassed;
    if (!limitPassed && !session.isUsable()) {
      throw failure;
    }
    boolean clean = leftBehind.isEmpty();
    if (clean) {
      observer.schema().reset(beforeTransaction);
    }
    if (failure instanceof HandledRefusals.RowInTheWay row) {
      refusals.takeAway(statement, row, beforeTransaction);
      log.forgetFrom(restart);
      return true;
    }
    Outcome outcome = failures.outcome(statement, failure);
    if (mending.mend(statement, failure, outcome, clean)) {
      log.forgetFrom(restart);
      return true;
    }
    ended = true;
    // The statement itself may have gone through and its commit not: a deferred constraint.
    log.forgetFrom(statements.indexOf(statement));
    log.addFailed(
        statement, failures.explained(outcome, statement, failure), inTransaction, leftBehind);
    return false;
  }

  private void afterTransaction() throws SQLException {
    observer.afterTransaction();
    canaries.replant(observer.schema().current());
  }

  private void add(Statement statement, boolean inTransaction) throws SQLException {
    log.add(statement, inTransaction, observer.said(session.last()));
  }
}
