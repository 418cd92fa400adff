package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.watch.InnerTransaction;
import dev.drydock.engine.postgres.watch.Observer;
import dev.drydock.replay.Outcome;
import dev.drydock.sql.Statement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Does what may make a pending statement that failed go through when it is run again. */
final class Mending {
  private final MigratingSession session;
  private final Observer observer;
  private final Repairs repairs;
  private final RowFailures rowFailures;
  private final LeftOut leftOut;
  private final Duration limit;

  Mending(
      MigratingSession session,
      Observer observer,
      Repairs repairs,
      RowFailures rowFailures,
      LeftOut leftOut,
      Duration limit) {
    this.session = session;
    this.observer = observer;
    this.repairs = repairs;
    this.rowFailures = rowFailures;
    this.leftOut = leftOut;
    this.limit = limit;
  }

  /**
   * Mends what can be mended.
   *
   * @param outcome what the failure is to be reported as otherwise
   * @param clean whether the statement left nothing behind, which would be in the way of a second
   *     attempt
   * @return whether there was anything to do, so that its transaction is to be run again
   */
  boolean mend(Statement statement, SQLException failure, Outcome outcome, boolean clean)
      throws SQLException {
    boolean stopped = failure instanceof MigratingSession.LimitPassed;
    if (!stopped && repairs.repair(statement, failure)) {
      observer.readOthersAgain();
      return true;
    }
    if (!clean) {
      return false;
    }
    if (!stopped && (goesOnWithRights(statement, failure) || goesOnOutside(statement, failure))) {
      return true;
    }
    if (session.isUsable()
        && rowFailures.takeAway(statement, failure, outcome, observer.schema().current())) {
      return true;
    }
    // Without the generated rows it fails as well, so they were not the reason.
    rowFailures.forget(statement);
    return !stopped && leftOut.goesOnWithoutRows(statement, failure, observer.schema().base());
  }

  /**
   * Runs the statement before the transaction it stands in, as somebody would who reads that it
   * cannot be there; in that transaction where it needs something that this one makes.
   */
  private boolean goesOnOutside(Statement statement, SQLException failure) throws SQLException {
    if (!leftOut.goesOnOutside(statement, failure)) {
      return false;
    }
    Optional<String> inner = InnerTransaction.of(statement);
    if (inner.isPresent()) {
      try {
        session.run(inner.get(), limit);
        observer.readAgain();
        observer.afterTransaction();
      } catch (SQLException e) {
        if (!session.isUsable()) {
          throw e;
        }
        leftOut.insteadOf(statement, inner.get());
      }
    }
    return true;
  }

  private boolean goesOnWithRights(Statement statement, SQLException failure) {
    Optional<String> role = observer.actingRole();
    return role.isEmpty()
        ? leftOut.goesOnWithout(statement, failure)
        : repairs.made(role.get()) && leftOut.goesOnAsItself(statement, failure, role.get());
  }
}
