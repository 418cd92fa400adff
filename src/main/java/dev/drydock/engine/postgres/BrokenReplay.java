package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.replay.ReplayException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The end of a replay whose server refuses what Drydock itself asks, or is gone. */
final class BrokenReplay {
  private static final Duration END_PATIENCE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(20);

  /** How the driver says that it broke a connection off over a setting. */
  private static final Pattern SETTING =
      Pattern.compile("The server's (\\w+) parameter was changed to (.+?)\\. The JDBC driver .*");

  private BrokenReplay() {}

  static ReplayException of(String what, Server server, SQLException cause) {
    Matcher setting = SETTING.matcher(ServerError.words(cause));
    if (setting.matches()) {
      return new ReplayException(
          "%s: it sets %s to %s inside a function or block, which Drydock cannot follow"
              .formatted(what, setting.group(1), setting.group(2)),
          Optional.empty(),
          "write it as a SET command of its own",
          cause);
    }
    boolean alive = isStillAlive(server, cause);
    String why =
        alive
            ? ServerError.words(cause)
            : "the PostgreSQL server ended unexpectedly"
                + (server.lastWords().isEmpty() ? "" : ": " + server.lastWords());
    return new ReplayException(
        what + ": " + why,
        Optional.empty(),
        alive
            ? "run it again; if it breaks off there each time, look for SQL in it that ends its own session"
                + " (pg_terminate_backend) or uses up what the server has (advisory locks)"
            : "run it again; if the server keeps ending, look for the out-of-memory killer and for free disk space",
        cause);
  }

  /** A lost connection may be the first sign of a server's end. */
  private static boolean isStillAlive(Server server, SQLException cause) {
    boolean lost = cause.getSQLState() != null && cause.getSQLState().startsWith("08");
    long deadline = System.nanoTime() + (lost ? END_PATIENCE.toNanos() : 0);
    while (server.isAlive()) {
      if (System.nanoTime() > deadline) {
        return true;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return false;
  }
}
