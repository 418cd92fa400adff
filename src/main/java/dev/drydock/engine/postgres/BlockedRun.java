package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.watch.Delta;
import dev.drydock.engine.postgres.watch.Locks;
import dev.drydock.engine.postgres.watch.Observer;
import dev.drydock.engine.postgres.watch.Said;
import dev.drydock.schema.Table;
import dev.drydock.sql.Statement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a statement that refuses a transaction, and sees its locks although they are gone when it
 * ends: other sessions make it wait for each table, and what it waits for is read meanwhile.
 */
final class BlockedRun {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

  /** No limit, as the server shows it. */
  private static final String NONE = "0";

  private BlockedRun() {}

  /**
   * What was seen.
   *
   * @param delta as for a statement in a transaction, and also of one that failed half way
   * @param said what the server said meanwhile
   * @param failure why it failed
   */
  record Result(Delta delta, Said said, Optional<SQLException> failure) {}

  static Result run(
      Server server,
      String database,
      MigratingSession session,
      Observer observer,
      Statement statement,
      Duration limit)
      throws SQLException {
    Locks seen = new Locks();
    // It waits for Drydock, as long as that takes, and not for as long as it would in production.
    String lockTimeout = observer.session().lockTimeout();
    if (!lockTimeout.equals(NONE)) {
      session.run("set lock_timeout = 0");
    }
    FutureTask<Void> running =
        new FutureTask<>(
            () -> {
              session.run(statement, limit);
              return null;
            });
    List<Table> tables = observer.schema().current().tables().toList();
    try (Blockade blockade = Blockade.raise(server, database, tables)) {
      Thread thread = new Thread(running, "drydock-statement");
      thread.setDaemon(true);
      thread.start();
      boolean stopping = true;
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (stopping && !running.isDone() && System.nanoTime() < deadline) {
        boolean waits = observer.lockTable().waits();
        Locks now = observer.lockTable().heldOrAwaited();
        seen.addAll(now);
        if (waits) {
          stopping = blockade.passOn(now.strongest().keySet());
        }
      }
      blockade.end();
      while (!finished(running)) {
        seen.addAll(observer.lockTable().heldOrAwaited());
      }
    }
    Optional<SQLException> failure = failure(running);
    if (failure.isPresent() && !session.isUsable()) {
      throw failure.get();
    }
    Said said =
        failure.isPresent() ? observer.said(session.last()) : observer.saidInside(session.last());
    if (!lockTimeout.equals(NONE)) {
      session.run("set lock_timeout = " + Quoted.literal(lockTimeout));
    }
    return new Result(observer.deltaAfterwards(statement, said, seen), said, failure);
  }

  private static boolean finished(FutureTask<Void> running) throws SQLException {
    try {
      running.get(1, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while a statement ran", "57014", e);
    }
  }

  private static Optional<SQLException> failure(FutureTask<Void> finished) throws SQLException {
    try {
      finished.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        return Optional.of(failure);
      }
      throw new SQLException("the statement could not be run", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while a statement ran", "57014", e);
    }
  }
}
