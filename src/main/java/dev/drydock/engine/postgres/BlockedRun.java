package dev.drydock.engine.postgres;

import dev.drydock.replay.ServerNotice;
import dev.drydock.schema.Table;
import dev.drydock.sql.Statement;
import java.sql.Connection;
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
 * ends: another session holds a lock on every table that makes it wait, and what it waits for is
 * read meanwhile.
 *
 * <p>SHARE UPDATE EXCLUSIVE lets queries and data changes pass and stops everything such statements
 * do.
 */
final class BlockedRun {
  private static final String BLOCKING_MODE = "share update exclusive";
  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

  private BlockedRun() {}

  /**
   * What was seen.
   *
   * @param delta as for a statement in a transaction, and also of one that failed half way
   * @param notices what the server said besides
   * @param failure why it failed
   */
  record Result(Delta delta, List<ServerNotice> notices, Optional<SQLException> failure) {}

  static Result run(
      Server server,
      String database,
      MigratingSession session,
      Observer observer,
      Statement statement,
      Duration limit)
      throws SQLException {
    Locks seen = new Locks();
    List<String> tables =
        observer
            .schema()
            .current()
            .tables()
            .filter(
                table ->
                    table.kind() == Table.Kind.TABLE
                        || table.kind() == Table.Kind.PARTITIONED_TABLE)
            .map(
                table ->
                    Repairs.quote(table.name().schema())
                        + "."
                        + Repairs.quote(table.name().local()))
            .sorted()
            .toList();
    FutureTask<Void> running =
        new FutureTask<>(
            () -> {
              session.run(statement, limit);
              return null;
            });
    try (Connection blocker = server.connectAdmin(database);
        java.sql.Statement blocking = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      if (!tables.isEmpty()) {
        blocking.execute(
            "lock table only " + String.join(", only ", tables) + " in " + BLOCKING_MODE + " mode");
      }
      Thread thread = new Thread(running, "drydock-statement");
      thread.setDaemon(true);
      thread.start();
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (!running.isDone() && System.nanoTime() < deadline) {
        boolean waits = observer.lockTable().waits();
        seen.addAll(observer.lockTable().heldOrAwaited());
        if (waits) {
          break;
        }
      }
      blocker.rollback();
      while (!finished(running)) {
        seen.addAll(observer.lockTable().heldOrAwaited());
      }
    }
    Optional<SQLException> failure = failure(running);
    Said said = observer.said(session.last());
    if (failure.isPresent() && !session.isUsable()) {
      throw failure.get();
    }
    return new Result(
        observer.deltaAfterwards(statement, said.events(), seen), said.notices(), failure);
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
