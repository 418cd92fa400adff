package dev.drydock.engine.postgres.server;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Ends what does not end by itself: it cancels the migrating session when a limit is passed,
 * terminates it when it goes on, and at last kills the server.
 *
 * <p>A setting in the session is no protection, since a migration may change it, and a block may
 * catch the cancel.
 */
public final class Watchdog implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  /** How many short statements' worth of looks pass before the disk is measured all the same. */
  private static final int DISK_PATIENCE = 10;

  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

  /** What Drydock itself may still take when the time of the run is over. */
  private static final long IDLE_PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Server server;
  private final String database;
  private final long runDeadline;
  private final Duration runLimit;
  private final long diskLimit;
  private final Thread thread;

  private int backend;
  private long deadline;
  private Duration limit = Duration.ZERO;
  private boolean watching;

  /** Looks since the statement began, and since the disk was measured. */
  private int looks;

  private int unmeasured;
  private Optional<String> tripped = Optional.empty();
  private long trippedAt;
  private int escalation;
  private volatile boolean closed;

  private Watchdog(Server server, String database, Duration runLimit, long diskLimit) {
    this.server = server;
    this.database = database;
    this.runLimit = runLimit;
    this.runDeadline = System.nanoTime() + runLimit.toNanos();
    this.diskLimit = diskLimit;
    this.thread = new Thread(this::run, "drydock-watchdog");
    this.thread.setDaemon(true);
  }

  /** Starts watching {@code database}; the time of the whole run counts from now. */
  public static Watchdog start(Server server, String database, Duration runLimit, long diskLimit) {
    Watchdog watchdog = new Watchdog(server, database, runLimit, diskLimit);
    watchdog.thread.start();
    return watchdog;
  }

  /**
   * From now until {@link #done()} the session of {@code backendPid} runs a statement that may take
   * {@code limit}.
   */
  public synchronized void watch(int backendPid, Duration statementLimit) {
    backend = backendPid;
    limit = statementLimit;
    deadline = System.nanoTime() + statementLimit.toNanos();
    tripped = Optional.empty();
    escalation = 0;
    looks = 0;
    watching = true;
  }

  /** The statement ended; the limit it had passed, when that is why. */
  public synchronized Optional<String> done() {
    watching = false;
    return tripped;
  }

  /** Work of Drydock's own in which something may run that a migration made. */
  public interface Work {
    void run() throws SQLException;
  }

  /**
   * Does work that is ended when it takes longer than {@code workLimit}: a check, a policy or an
   * operator may be the pull request's, and a timeout of the session is caught by whoever wants to.
   */
  public void guard(Connection connection, Duration workLimit, Work work) throws SQLException {
    watch(connection.unwrap(PGConnection.class).getBackendPID(), workLimit);
    try {
      work.run();
    } finally {
      done();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(PERIOD_MILLIS);
        check();
      } catch (InterruptedException e) {
        return;
      } catch (IOException | SQLException e) {
        // The server is going down: whoever waits for its answer gets that as an error.
        if (!server.isAlive()) {
          return;
        }
      }
    }
  }

  private synchronized void check() throws IOException, SQLException {
    if (!watching) {
      // Drydock's own questions are quick; one that is not waits for something that will not come.
      if (System.nanoTime() > runDeadline + IDLE_PATIENCE_NANOS) {
        server.kill();
      }
      return;
    }
    if (tripped.isEmpty()) {
      tripped = passedLimit();
      if (tripped.isPresent()) {
        trippedAt = System.nanoTime();
        escalation = 1;
        signal("pg_cancel_backend");
      }
      return;
    }
    long waited = System.nanoTime() - trippedAt;
    if (escalation == 1 && waited > PATIENCE_NANOS) {
      escalation = 2;
      signal("pg_terminate_backend");
    } else if (escalation == 2 && waited > 2 * PATIENCE_NANOS) {
      escalation = 3;
      server.kill();
    }
  }

  private Optional<String> passedLimit() throws IOException, SQLException {
    long now = System.nanoTime();
    if (now > runDeadline) {
      return Optional.of("the replay took longer than %s (limits.run)".formatted(words(runLimit)));
    }
    if (now > deadline) {
      return Optional.of("it ran longer than %s (limits.statement)".formatted(words(limit)));
    }
    // Measuring looks at every file. Only a statement that lasts can fill the disk; many short ones
    // take their time.
    if (++looks == 1 && ++unmeasured < DISK_PATIENCE) {
      return Optional.empty();
    }
    unmeasured = 0;
    if (server.diskUse(database) > diskLimit) {
      return Optional.of("the database grew over %d MB (limits.disk)".formatted(diskLimit >> 20));
    }
    return Optional.empty();
  }

  private void signal(String function) throws SQLException {
    try (Connection connection = server.connectAdmin(database);
        PreparedStatement statement = connection.prepareStatement("select " + function + "(?)")) {
      statement.setInt(1, backend);
      statement.execute();
    }
  }

  private static String words(Duration duration) {
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + " ms";
    }
    long seconds = duration.toSeconds();
    return seconds % 60 == 0 && seconds >= 60 ? seconds / 60 + " min" : seconds + " s";
  }
}
