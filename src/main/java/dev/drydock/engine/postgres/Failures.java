package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.replay.Outcome;
import dev.drydock.sql.Statement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts into words how a statement of a pending migration failed. */
final class Failures {
  private final Server server;
  private final String database;
  private final Repairs repairs;
  private final LeftOut leftOut;

  Failures(Server server, String database, Repairs repairs, LeftOut leftOut) {
    this.server = server;
    this.database = database;
    this.repairs = repairs;
    this.leftOut = leftOut;
  }

  Outcome outcome(Statement statement, SQLException failure) {
    if (failure instanceof MigratingSession.LimitPassed) {
      return new Outcome.Stopped(failure.getMessage());
    }
    Optional<Outcome.Refused> refused = leftOut.refused(statement);
    if (refused.isPresent()) {
      // It failed elsewhere too, to which production never comes.
      return new Outcome.Failed(
          refused.get().sqlState(),
          refused.get().message(),
          refused.get().hint(),
          OptionalInt.empty());
    }
    ServerError error = ServerError.of(failure, statement);
    return new Outcome.Failed(
        error.state(),
        error.sentence(),
        (leftOut.hint(error) + " " + NotSql.hint(error, statement.text())).strip(),
        error.position(),
        "",
        NotSql.isUnfilled(error, statement.text()));
  }

  /** The same with what is seen in the database to be the cause, once nothing mends it. */
  Outcome explained(Outcome outcome, Statement statement, SQLException failure) {
    return outcome instanceof Outcome.Failed failed
        ? failed.with(Remedies.seen(server, database, repairs, statement, failure).orElse(""))
        : outcome;
  }
}
