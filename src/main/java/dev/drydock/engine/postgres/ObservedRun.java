package dev.drydock.engine.postgres;

import dev.drydock.history.Migration;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.RowFailure;
import dev.drydock.replay.ServerNotice;
import dev.drydock.replay.Session;
import dev.drydock.schema.Schema;
import dev.drydock.sql.Statement;
import dev.drydock.sql.TransactionControl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Runs the statements of pending migrations and watches each. */
final class ObservedRun implements ScriptRun.Steps {
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

  /** Commands that name columns and write no rows. */
  private static final Set<String> DESCRIBES_ONLY =
      Set.of("ALTER TABLE", "CREATE TABLE", "CREATE INDEX", "COMMENT");

  private final Server server;
  private final String database;
  private final MigratingSession session;
  private final Observer observer;
  private final Repairs repairs;
  private final CanaryRows canaries;
  private final Duration limit;
  private final List<Observation> observations = new ArrayList<>();

  /** How statements failed before a generated row that stood in their way was taken out of it. */
  private final Map<Integer, RowFailure> onRow = new HashMap<>();

  /** The statements of the change so far, those of the migration that runs now included. */
  private final List<Statement> seen = new ArrayList<>();

  /** What is sent in the place of statements that only a superuser may run as they are. */
  private final Map<Integer, String> instead = new HashMap<>();

  /** Statements that need rights a pending migration is not given. */
  private final Map<Integer, Outcome.Refused> refused = new TreeMap<>();

  private int transaction;
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
      CanaryRows canaries,
      Duration limit) {
    this.server = server;
    this.database = database;
    this.session = session;
    this.observer = observer;
    this.repairs = repairs;
    this.canaries = canaries;
    this.limit = limit;
    this.beforeTransaction = observer.schema().base();
  }

  /** Whether a statement failed, so that the tool would have stopped there. */
  boolean ended() {
    return ended;
  }

  /** One observation for each statement; those after a failure were not reached. */
  List<Observation> run(Migration migration, List<Statement> statements) throws SQLException {
    observations.clear();
    onRow.clear();
    seen.addAll(statements);
    instead.clear();
    refused.clear();
    if (!ended) {
      new ScriptRun(session, migration, statements, this).run();
    }
    for (Statement statement : statements.subList(observations.size(), statements.size())) {
      observations.add(
          observation(
              statement,
              new Outcome.NotReached(),
              observer.session(),
              false,
              List.of(),
              List.of(),
              List.of(),
              List.of()));
    }
    return List.copyOf(observations);
  }

  @Override
  public void begin() throws SQLException {
    startTransaction();
    session.run("begin");
    observer.afterBegin();
  }

  private void startTransaction() throws SQLException {
    transaction++;
    beforeTransaction = observer.schema().current();
    observer.beforeTransaction();
  }

  @Override
  public void inTransaction(Statement statement) throws SQLException {
    if (refused.containsKey(statement.index())) {
      leaveOut(statement, true);
    } else {
      watch(statement, true);
    }
  }

  private void leaveOut(Statement statement, boolean inTransaction) {
    observations.add(
        observation(
            statement,
            refused.get(statement.index()),
            observer.session(),
            inTransaction,
            observer.held(),
            List.of(),
            List.of(statement.syntax().command()),
            List.of()));
  }

  private void execute(Statement statement) throws SQLException {
    String other = instead.get(statement.index());
    if (other == null) {
      session.run(statement, limit);
    } else {
      session.runInstead(other, limit);
    }
  }

  private void watch(Statement statement, boolean inTransaction) throws SQLException {
    List<Lock> heldBefore = observer.held();
    Session settings = observer.session();
    execute(statement);
    Observer.Said said = observer.said(session.last());
    if (statement.transactionControl() == TransactionControl.SAVEPOINT) {
      // A rollback to a savepoint undoes changes without an event and gives locks back.
      observer.readAgain();
      observations.add(
          observation(
              statement,
              new Outcome.Succeeded(),
              settings,
              inTransaction,
              heldBefore,
              List.of(),
              List.of(statement.syntax().command()),
              said.notices()));
      return;
    }
    Observer.Delta delta = observer.delta(statement, said.events());
    observations.add(
        observation(
            statement,
            new Outcome.Succeeded(),
            settings,
            inTransaction,
            heldBefore,
            Effects.of(statement, observer, delta),
            commands(statement, said.events()),
            said.notices()));
  }

  @Override
  public void alone(Statement statement) throws SQLException {
    if (refused.containsKey(statement.index())) {
      transaction++;
      leaveOut(statement, false);
      return;
    }
    if (statement.transactionControl() == TransactionControl.SAVEPOINT
        || NEED_TRANSACTION.contains(statement.syntax().command())) {
      transaction++;
      session.run(statement, limit);
      add(statement, false);
      afterTransaction();
      return;
    }
    begin();
    try {
      watch(statement, false);
      observer.commit();
      replant();
    } catch (SQLException e) {
      if (!REFUSES_TRANSACTION.contains(e.getSQLState()) || !session.isUsable()) {
        throw e;
      }
      session.run("rollback");
      observer.beforeTransaction();
      Session settings = observer.session();
      BlockedRun.Result result =
          BlockedRun.run(server, database, session, observer, statement, limit);
      if (result.failure().isPresent()) {
        leftBehind = Effects.of(statement, observer, result.delta());
        throw result.failure().get();
      }
      observations.add(
          observation(
              statement,
              new Outcome.Succeeded(),
              settings,
              false,
              List.of(),
              Effects.of(statement, observer, result.delta()),
              commands(statement, result.delta().events()),
              result.notices()));
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
    boolean rolledBack = statement.transactionControl() == TransactionControl.ROLLBACK;
    if (rolledBack && !session.inTransaction()) {
      observer.schema().reset(beforeTransaction);
    }
    add(statement, true);
    if (!session.inTransaction()) {
      afterTransaction();
    }
  }

  @Override
  public void adopting(Statement statement) throws SQLException {
    add(statement, true);
  }

  @Override
  public void commit() throws SQLException {
    observer.commit();
    replant();
  }

  @Override
  public void abandon() throws SQLException {
    observations.replaceAll(seen -> seen.transaction() == transaction ? seen.undone() : seen);
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
    if (leftBehind.isEmpty()) {
      observer.schema().reset(beforeTransaction);
    }
    if (!limitPassed && repairs.repair(statement, failure)) {
      observer.readOthersAgain();
      while (observations.size() > restart) {
        observations.removeLast();
      }
      return true;
    }
    if (!limitPassed && leftBehind.isEmpty() && goesOnWithout(statement, failure)) {
      while (observations.size() > restart) {
        observations.removeLast();
      }
      return true;
    }
    // What a failed statement left behind would be in the way of a second attempt.
    if (!limitPassed && leftBehind.isEmpty() && takeRowsAway(statement, failure)) {
      while (observations.size() > restart) {
        observations.removeLast();
      }
      return true;
    }
    // Without rows it fails as well, so they were not the reason.
    onRow.remove(statement.index());
    ended = true;
    if (observations.size() > statement.index()) {
      // The statement itself went through and its commit did not: a deferred constraint.
      observations.removeLast();
    }
    observations.add(
        observation(
            statement,
            outcome(statement, failure),
            observer.session(),
            inTransaction,
            observer.held(),
            leftBehind,
            List.of(),
            List.of()));
    return false;
  }

  private void afterTransaction() throws SQLException {
    observer.afterTransaction();
    replant();
  }

  private void replant() throws SQLException {
    canaries.replant(observer.schema().current());
  }

  /**
   * Takes the rows away that made the statement fail. Only the first failure of a transaction says
   * anything: those after it may come of the rows that are gone.
   */
  private boolean takeRowsAway(Statement statement, SQLException failure) throws SQLException {
    boolean complete = canaries.areComplete();
    boolean taken = canaries.takeAway(statement, ServerError.table(failure));
    if (taken && complete && outcome(statement, failure) instanceof Outcome.Failed failed) {
      onRow.putIfAbsent(
          statement.index(), new RowFailure(failed, isCertain(statement, failed, failure)));
    }
    return taken;
  }

  /** Whether the column that is null is one that no statement of the change may have filled. */
  private boolean isCertain(Statement statement, Outcome.Failed failed, SQLException failure) {
    Optional<String> column = ServerError.column(failure);
    return failed.sqlState().equals("23502")
        && column.isPresent()
        && seen.subList(0, seen.indexOf(statement) + 1).stream()
            .filter(earlier -> !DESCRIBES_ONLY.contains(earlier.syntax().command()))
            .noneMatch(earlier -> earlier.mentions(column.get()));
  }

  /**
   * In production the migrating role may be a superuser, so that what fails here for want of rights
   * may go through there: it is done in another way or left out. A migration that acts for another
   * role has said itself whose rights it wants.
   */
  private boolean goesOnWithout(Statement statement, SQLException failure) {
    ServerError error = ServerError.of(failure, statement);
    if (!error.lacksRights()
        || !observer.actsAsItself()
        || statement.transactionControl() != TransactionControl.NONE
        || refused.containsKey(statement.index())) {
      return false;
    }
    Optional<String> other = TriggerSwitch.of(statement);
    if (other.isPresent() && instead.putIfAbsent(statement.index(), other.get()) == null) {
      return true;
    }
    refused.put(
        statement.index(), new Outcome.Refused(error.state(), error.sentence(), error.hint()));
    return true;
  }

  private Outcome outcome(Statement statement, SQLException failure) {
    if (failure instanceof MigratingSession.LimitPassed) {
      return new Outcome.Stopped(failure.getMessage());
    }
    ServerError error = ServerError.of(failure, statement);
    String hint =
        refused.isEmpty()
            ? error.hint()
            : "%s %s before it was not run, for want of rights, which may be the reason."
                .formatted(error.hint(), refused.size() == 1 ? "A statement" : "What stands")
                .strip();
    return new Outcome.Failed(error.state(), error.sentence(), hint, error.position());
  }

  private void add(Statement statement, boolean inTransaction) throws SQLException {
    observations.add(
        observation(
            statement,
            new Outcome.Succeeded(),
            observer.session(),
            inTransaction,
            observer.held(),
            List.of(),
            List.of(statement.syntax().command()),
            observer.said(session.last()).notices()));
  }

  private Observation observation(
      Statement statement,
      Outcome outcome,
      Session settings,
      boolean inTransaction,
      List<Lock> heldBefore,
      List<Effect> effects,
      List<String> commands,
      List<ServerNotice> notices) {
    return new Observation(
        statement,
        outcome,
        Optional.ofNullable(onRow.get(statement.index())),
        transaction,
        inTransaction,
        settings,
        heldBefore,
        effects,
        commands,
        notices,
        false,
        observer.schema().current());
  }

  private static List<String> commands(Statement statement, List<DdlEvent> events) {
    List<String> commands = new ArrayList<>();
    commands.add(statement.syntax().command());
    events.stream()
        .filter(event -> event.context().isPresent())
        .filter(event -> !event.kind().equals("rewrite"))
        .map(DdlEvent::tag)
        .forEach(commands::add);
    return commands;
  }
}
