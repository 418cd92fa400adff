package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.history.Transaction;
import dev.drydock.sql.Prepared;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import dev.drydock.sql.TransactionControl;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs the statements of one migration, or of several that their tool runs together, in the
 * transactions it would run them in.
 *
 * <p>What happens with each statement is the {@link Steps}' business; this class knows only when
 * transactions begin and end, and starts one over when what made it fail was put right.
 */
final class ScriptRun {
  private final MigratingSession session;
  private final Transaction transaction;
  private final List<Statement> statements;
  private final Steps steps;

  /** The transaction is one the tool or the server opened, so that it is theirs to commit. */
  private boolean ours;

  /** The first statement of the open transaction, or the one that runs alone. */
  private int first;

  /** Whether the statement being run commits by itself. */
  private boolean alone;

  /** What is done with each statement. */
  interface Steps {
    /** Begins a transaction that the file does not begin itself. */
    void begin() throws SQLException;

    /** Runs a statement while a transaction is open. */
    void inTransaction(Statement statement) throws SQLException;

    /** Runs a statement that commits by itself. */
    void alone(Statement statement) throws SQLException;

    /** Runs a BEGIN of the file, outside any transaction. */
    void beginning(Statement statement) throws SQLException;

    /** Runs a COMMIT or ROLLBACK of the file. */
    void ending(Statement statement) throws SQLException;

    /** A BEGIN in a transaction that the server opened for the file changes only whose it is. */
    void adopting(Statement statement) throws SQLException;

    /** Commits a transaction that {@link #begin()} began, or that the tool ends in its place. */
    void commit() throws SQLException;

    /** Rolls back what the file began and nobody commits. */
    void abandon() throws SQLException;

    /**
     * Deals with a failure.
     *
     * @param statement the one that failed; the last one when the commit failed
     * @param restart the statement to go on with when it was put right: the first of its
     *     transaction
     * @return whether to go on there; otherwise the migration ends here
     */
    boolean failed(Statement statement, int restart, boolean inTransaction, SQLException failure)
        throws SQLException;
  }

  ScriptRun(
      MigratingSession session, Transaction transaction, List<Statement> statements, Steps steps) {
    this.session = session;
    this.transaction = transaction;
    this.statements = statements;
    this.steps = steps;
  }

  /** Runs to the end or to the first failure that cannot be put right. */
  void run() throws SQLException {
    if (statements.isEmpty()) {
      return;
    }
    boolean wrap = wraps();
    int index = 0;
    while (true) {
      try {
        if (index == 0 && wrap) {
          begin(0);
        }
        while (index < statements.size()) {
          step(index);
          index++;
        }
        finish();
        return;
      } catch (SQLException e) {
        int last = Math.min(index, statements.size() - 1);
        boolean wasOurs = ours;
        boolean inTransaction = !alone && (ours || first < last || open());
        if (open()) {
          session.run("rollback");
        }
        ours = false;
        int restart = inTransaction ? first : last;
        // What a statement is answered may come with the question that follows it, or with the
        // commit.
        SQLException failure = MigratingSession.LimitPassed.in(e);
        if (!steps.failed(statements.get(last), restart, inTransaction, failure)) {
          return;
        }
        forgetPrepared(statements.subList(restart, last));
        index = restart;
        if (wasOurs && wrap && restart > 0) {
          begin(restart);
        }
      }
    }
  }

  /** What a PREPARE keeps stays when its transaction is undone, and would refuse the next one. */
  private void forgetPrepared(List<Statement> undone) throws SQLException {
    String names =
        undone.stream()
            .flatMap(statement -> Prepared.keptBy(statement.sql().sql()).stream())
            .map(kept -> Quoted.literal(kept.name()))
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      session.run(
          session.ask(
              "select coalesce(pg_catalog.string_agg('deallocate ' || pg_catalog.quote_ident(name), '; '), '')"
                  + " from pg_catalog.pg_prepared_statements where name in (%s)".formatted(names)));
    }
  }

  private boolean wraps() {
    return transaction == Transaction.PER_MIGRATION;
  }

  private boolean open() throws SQLException {
    return session.isUsable() && session.inTransaction();
  }

  private void begin(int index) throws SQLException {
    steps.begin();
    ours = true;
    first = index;
  }

  private void step(int index) throws SQLException {
    Statement statement = statements.get(index);
    alone = false;
    TransactionControl control = statement.transactionControl();
    boolean begins = control == TransactionControl.BEGIN;
    boolean open = session.inTransaction();
    boolean divides = transaction == Transaction.DIVIDED && refusesTransaction(statement);
    boolean implicit = transaction == Transaction.IMPLICIT || transaction == Transaction.DIVIDED;
    if (divides && open && ours) {
      steps.commit();
      ours = false;
      open = false;
    }
    if (!open && !begins && !divides && implicit && statements.size() > 1) {
      begin(index);
      open = true;
    }
    if (begins && open && ours && implicit) {
      steps.adopting(statement);
      ours = false;
    } else if (begins && !open) {
      first = index;
      steps.beginning(statement);
      ours = false;
    } else if (control.ends()) {
      steps.ending(statement);
      ours = ours && session.inTransaction();
    } else if (open) {
      steps.inTransaction(statement);
    } else {
      first = index;
      alone = true;
      steps.alone(statement);
    }
  }

  /** What the Supabase CLI takes out of its batches, as its pkg/migration/file.go has it. */
  private static boolean refusesTransaction(Statement statement) {
    return switch (statement.syntax().command()) {
      case "VACUUM", "CLUSTER", "ALTER SYSTEM" -> true;
      case "CREATE INDEX", "DROP INDEX", "REINDEX" ->
          statement.syntax().has(Syntax.Flag.CONCURRENTLY);
      default -> false;
    };
  }

  private void finish() throws SQLException {
    if (!session.inTransaction()) {
      return;
    }
    // A file that ends the tool's transaction and begins another one leaves that to the tool too.
    if (ours || wraps()) {
      steps.commit();
      ours = false;
    } else {
      steps.abandon();
    }
  }
}
