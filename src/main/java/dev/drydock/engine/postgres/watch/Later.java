package dev.drydock.engine.postgres.watch;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What is asked of a server on the side, by a session that nothing else uses meanwhile. */
public final class Later<T> {
  private final FutureTask<T> task;

  private Later(FutureTask<T> task) {
    this.task = task;
  }

  public static <T> Later<T> start(Callable<T> question) {
    FutureTask<T> task = new FutureTask<>(question);
    Thread.ofPlatform().name("drydock-question").daemon().start(task);
    return new Later<>(task);
  }

  /**
   * Waits for the answer.
   *
   * @throws SQLException what the server said instead
   */
  public T await() throws SQLException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the server was asked", "57014", e);
    }
  }
}
