package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.replay.Outcome;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * One try of a function or trigger.
 *
 * @param function name of the function that has to have failed; empty for any
 * @param setup what comes before it, and may fail
 */
record Attempt(Key key, String function, List<String> settings, List<String> setup, String sql) {

  /**
   * What is tried, and in which of several ways.
   *
   * @param path the setting by which names are looked for in the schema of a function first; empty
   *     where the session looks as it does without
   */
  record Key(String object, String how, int way, String path) {}

  /** The same in a session that has the setting. */
  Attempt lookingIn(String path) {
    return new Attempt(
        new Key(key.object(), key.how(), key.way(), path),
        function,
        Stream.concat(Stream.of(path), settings.stream()).toList(),
        setup,
        sql);
  }

  /** Whether it is what sessions do that have no setting of their own. */
  boolean isFirst() {
    return key.path().isEmpty();
  }

  /** The one that is first. */
  Key instead() {
    return new Key(key.object(), key.how(), key.way(), "");
  }

  /** How it goes; what it did is to be rolled back. */
  Outcome run(Statement statement) throws SQLException {
    try {
      for (String setting : settings) {
        statement.execute(setting);
      }
      for (String preparing : setup) {
        quietly(statement, preparing);
      }
      statement.execute(sql);
      return new Outcome.Succeeded();
    } catch (SQLException e) {
      ServerErrorMessage said =
          e instanceof PSQLException exception ? exception.getServerErrorMessage() : null;
      boolean ours =
          said != null
              && (function.isEmpty() || String.valueOf(said.getWhere()).contains(function + "("));
      return ours
          ? new Outcome.Failed(e.getSQLState(), ServerError.words(e), "", OptionalInt.empty())
          : new Outcome.Stopped(ServerError.words(e));
    }
  }

  private static void quietly(Statement statement, String sql) throws SQLException {
    statement.execute("savepoint drydock_trial");
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      statement.execute("rollback to savepoint drydock_trial");
    }
  }
}
