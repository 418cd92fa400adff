package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.engine.postgres.watch.InnerTransaction;
import dev.drydock.engine.postgres.watch.TriggerSwitch;
import dev.drydock.replay.Outcome;
import dev.drydock.schema.Schema;
import dev.drydock.sql.PsqlCommand;
import dev.drydock.sql.Statement;
import dev.drydock.sql.TransactionControl;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of the statements of a migration that fail without being the end of it.
 *
 * <p>In production the migrating role may be a superuser, and people have made rows there, so that
 * what fails here for want of rights or rows may go through: it is done in another way or left out.
 * What fails everywhere because of where it stands is put in another place by whoever reads so.
 */
final class LeftOut {
  /** They leave what is in this database as it is. */
  private static final Set<String> CHANGE_NOTHING =
      Set.of("VACUUM", "REINDEX", "CREATE DATABASE", "DROP DATABASE");

  /**
   * What is said to have failed where another server was to be asked, whatever stood in the way.
   */
  private static final String OTHER_SERVER = "08001";

  /** What is sent in the place of statements that only a superuser may run as they are. */
  private final Map<Statement, String> instead = new HashMap<>();

  private final Map<Statement, Outcome.Refused> refused = new HashMap<>();

  /** To be called before each run. */
  void begin() {
    instead.clear();
    refused.clear();
  }

  /** How the statement was refused, if it is left out. */
  Optional<Outcome.Refused> refused(Statement statement) {
    return Optional.ofNullable(refused.get(statement));
  }

  /** What is sent in the place of the statement. */
  Optional<String> instead(Statement statement) {
    return Optional.ofNullable(instead.get(statement));
  }

  /**
   * Has a statement run with the migrating role's own rights when it failed for want of those of a
   * role that the migration acts for.
   *
   * @param role was made for the replay, so that nobody knows what it may do in production
   * @return whether the migration can be run again, with another statement in its place
   */
  boolean goesOnAsItself(Statement statement, SQLException failure, String role) {
    return ServerError.of(failure, statement).lacksRights()
        && statement.kind() == Statement.Kind.SQL
        && statement.transactionControl() == TransactionControl.NONE
        && instead.putIfAbsent(
                statement,
                "set role none;%n%s;%nset role %s"
                    .formatted(statement.sql().sql(), Quoted.name(role)))
            == null;
  }

  /**
   * Takes note of a statement that failed for want of rights. Not to be asked for a migration that
   * acts for another role, which has said itself whose rights it wants.
   *
   * @return whether the migration can be run again, with another statement in its place or without
   */
  boolean goesOnWithout(Statement statement, SQLException failure) {
    ServerError error = ServerError.of(failure, statement);
    if (!error.lacksRights()
        || statement.transactionControl() != TransactionControl.NONE
        || refused.containsKey(statement)) {
      return false;
    }
    Optional<String> other = TriggerSwitch.of(statement).or(() -> PublicationOfAll.of(statement));
    if (other.isPresent() && instead.putIfAbsent(statement, other.get()) == null) {
      return true;
    }
    leaveOut(statement, error);
    return true;
  }

  /**
   * Takes note of a statement that failed because it stands in a transaction, or in that which adds
   * the enum value it uses, so that it has to be put elsewhere.
   *
   * @return whether the migration can be run again without it, once it has been run elsewhere
   */
  boolean goesOnOutside(Statement statement, SQLException failure) {
    ServerError error = ServerError.of(failure, statement);
    boolean outside =
        (error.isTooEarly()
                || (error.refusesTransaction()
                    && (InnerTransaction.of(statement).isPresent()
                        || CHANGE_NOTHING.contains(statement.syntax().command()))))
            && !refused.containsKey(statement);
    if (outside) {
      leaveOut(statement, error);
    }
    return outside;
  }

  /** Has {@code sql} sent in the place of the statement. */
  void insteadOf(Statement statement, String sql) {
    instead.put(statement, sql);
  }

  /**
   * Takes note of a statement that failed for want of rows.
   *
   * @param base the schema that production has
   * @return whether the migration can be run again without it
   */
  boolean goesOnWithoutRows(Statement statement, SQLException failure, Schema base) {
    ServerError error = ServerError.of(failure, statement);
    if (error.isOfForeignTable() && !refused.containsKey(statement)) {
      refused.put(
          statement,
          new Outcome.Refused(
              error.state(),
              "it reads a foreign table, and the wrapper's extension is a stand-in",
              ""));
      return true;
    }
    if (error.isOfOtherServer() && !refused.containsKey(statement)) {
      refused.put(statement, new Outcome.Refused(OTHER_SERVER, error.message(), ""));
      return true;
    }
    if (statement.kind() == Statement.Kind.META
        && PsqlCommand.isCopy(statement.text())
        && !refused.containsKey(statement)) {
      refused.put(statement, new Outcome.Refused(error.state(), "its rows are in a file", ""));
      return true;
    }
    boolean wants = WantedRows.areWanted(statement, error, base);
    if (wants) {
      leaveOut(statement, error);
    }
    return wants;
  }

  private void leaveOut(Statement statement, ServerError error) {
    refused.put(statement, new Outcome.Refused(error.state(), error.sentence(), error.hint()));
  }

  /** The server's hint for an error, and that it may come of what was left out. */
  String hint(ServerError error) {
    return refused.isEmpty()
        ? error.hint()
        : "%s %s before it was not run, which may be the reason."
            .formatted(error.hint(), refused.size() == 1 ? "A statement" : "What stands")
            .strip();
  }
}
