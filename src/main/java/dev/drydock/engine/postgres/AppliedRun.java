package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.server.OwnRoles;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.sql.Statement;
import dev.drydock.sql.TransactionControl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Runs the statements of an applied migration without watching them. */
final class AppliedRun implements ScriptRun.Steps {
  /** What may make a role and is let commit by itself; the last three by a function or a block. */
  private static final Set<String> MAKES_ROLES =
      Set.of(
          "CREATE ROLE", "CREATE USER", "CREATE GROUP", "CREATE EXTENSION", "SELECT", "CALL", "DO");

  /** What a COMMIT says in a block that has company in its message. */
  private static final String INVALID_TERMINATION = "2D000";

  private static final String ALREADY_THERE = "42P07";

  private static final Pattern TEMPORARY =
      Pattern.compile(
          "create\\s+(?:(?:local|global)\\s+)?temp(?:orary)?\\s+table\\s+(\"[^\"]+\"|[\\w$]+)",
          Pattern.CASE_INSENSITIVE);

  private final MigratingSession session;
  private final Repairs repairs;
  private final Duration limit;
  private final Optional<OwnRoles> roles;

  /** The places of statements that want rows which only production has. */
  private final Set<Integer> leftOut = new HashSet<>();

  /** SQL that is run before statements, by their places. */
  private final Map<Integer, String> first = new HashMap<>();

  /** Names of temporary tables that earlier migrations left. */
  private final Set<String> forgotten = new HashSet<>();

  /**
   * Whether each statement checks keys that are deferred, so that the one which wants rows fails.
   */
  private boolean immediate;

  private Statement failed;
  private SQLException failure;

  AppliedRun(MigratingSession session, Repairs repairs, Optional<OwnRoles> roles, Duration limit) {
    this.session = session;
    this.repairs = repairs;
    this.limit = limit;
    this.roles = roles;
  }

  /** What stopped the run. */
  Optional<SQLException> failure() {
    return Optional.ofNullable(failure);
  }

  /** The statement that {@link #failure()} is about. */
  Statement failed() {
    return failed;
  }

  @Override
  public void begin() throws SQLException {
    session.run("begin");
    checkKeys();
  }

  private void checkKeys() throws SQLException {
    if (immediate) {
      session.run("set constraints all immediate");
    }
  }

  @Override
  public void inTransaction(Statement statement) throws SQLException {
    if (first.containsKey(statement.index())) {
      session.run(first.get(statement.index()));
    }
    if (!leftOut.contains(statement.index())) {
      session.run(statement, limit);
    }
  }

  @Override
  public void alone(Statement statement) throws SQLException {
    if (roles.isEmpty() || !MAKES_ROLES.contains(statement.syntax().command())) {
      inTransaction(statement);
    } else if (!leftOut.contains(statement.index())) {
      runAndAsk(statement, roles.get());
    }
  }

  private void runAndAsk(Statement statement, OwnRoles roles) throws SQLException {
    try {
      roles.note(session.runAndAsk(statement, Optional.empty(), OwnRoles.QUESTION, limit));
    } catch (SQLException e) {
      if (!INVALID_TERMINATION.equals(e.getSQLState()) || !session.isUsable()) {
        throw e;
      }
      // It commits by itself, which it may not in the company of a question.
      session.run(statement, limit);
    }
  }

  private void askForRoles() throws SQLException {
    if (roles.isPresent() && session.isSound()) {
      roles.get().note(session.ask(OwnRoles.QUESTION));
    }
  }

  @Override
  public void beginning(Statement statement) throws SQLException {
    session.run(statement, limit);
    checkKeys();
  }

  @Override
  public void ending(Statement statement) throws SQLException {
    if (statement.transactionControl() != TransactionControl.ROLLBACK) {
      askForRoles();
    }
    session.run(statement, limit);
  }

  @Override
  public void adopting(Statement statement) {}

  @Override
  public void commit() throws SQLException {
    askForRoles();
    session.run("commit");
  }

  @Override
  public void abandon() throws SQLException {
    session.run("rollback");
  }

  @Override
  public boolean failed(Statement statement, int restart, boolean inTransaction, SQLException e)
      throws SQLException {
    if (session.isUsable()
        && (repairs.repairApplied(statement, e)
            || ((repairs.wantsRows(statement, e) || repairs.hasOtherVersion(statement, e))
                && leftOut.add(statement.index()))
            || entitles(statement, e)
            || forgets(statement, e)
            || (inTransaction && wantsRowsAtItsEnd(statement, e)))) {
      return true;
    }
    failed = statement;
    failure = e;
    return false;
  }

  /** In the same transaction, which may be the one that makes the roles. */
  private boolean entitles(Statement statement, SQLException e) {
    Optional<String> sql = Grantor.entitling(ServerError.of(e, statement));
    return sql.isPresent() && first.putIfAbsent(statement.index(), sql.get()) == null;
  }

  /** In production it may have had a session of its own, without what another one left there. */
  private boolean forgets(Statement statement, SQLException e) throws SQLException {
    Optional<String> left =
        Optional.of(TEMPORARY.matcher(statement.text()))
            .filter(made -> ALREADY_THERE.equals(e.getSQLState()) && made.lookingAt())
            .map(made -> made.group(1))
            .filter(forgotten::add);
    if (left.isPresent()) {
      session.run("drop table if exists pg_temp." + left.get());
    }
    return left.isPresent();
  }

  /** A deferred key fails the commit, whose last statement may have nothing to do with it. */
  private boolean wantsRowsAtItsEnd(Statement last, SQLException e) {
    boolean first = !immediate && WantedRows.FOREIGN_KEY_VIOLATION.equals(e.getSQLState());
    if (first) {
      immediate = true;
      leftOut.remove(last.index());
    }
    return first;
  }
}
