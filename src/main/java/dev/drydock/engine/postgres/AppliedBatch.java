package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.server.Query;
import dev.drydock.engine.postgres.watch.InnerTransaction;
import dev.drydock.history.Transaction;
import dev.drydock.replay.ScriptedMigration;
import dev.drydock.sql.Statement;
import dev.drydock.sql.TransactionControl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Applied migrations that are one transaction each, sent in one message: most of them take the
 * server less time than the way there and back.
 */
final class AppliedBatch {
  /** The setting that holds how many migrations of a message are committed. */
  private static final String COUNT = "drydock.applied";

  /**
   * What the server refuses in a message of several statements, and what changes how it reads the
   * rest of one. Words of a comment may look so too: that migration goes by itself.
   */
  private static final Pattern ALONE =
      Pattern.compile(
          "\\b(?:concurrently|vacuum|alter\\s+system|(?:create|drop)\\s+database|tablespace|subscription"
              + "|reindex|call|standard_conforming_strings|client_encoding|names|datestyle|stdout)\\b",
          Pattern.CASE_INSENSITIVE);

  private AppliedBatch() {}

  /** Whether a migration can be sent with others. */
  static boolean suits(ScriptedMigration scripted) {
    List<Statement> statements = scripted.statements();
    Transaction transaction = scripted.migration().transaction();
    // A single statement is a transaction of its own whatever the tool does.
    boolean single = statements.size() == 1;
    boolean concurrently = single && transaction != Transaction.PER_MIGRATION;
    return scripted.migration().up().preconditions().isEmpty()
        && !scripted.migration().up().mayFail()
        && (transaction != Transaction.NONE || single)
        && statements.stream().allMatch(AppliedBatch::mayBeSentWithOthers)
        && statements.stream()
            .map(statement -> concurrently ? sql(statement) : statement.sql().sql())
            .noneMatch(sql -> ALONE.matcher(sql).find());
  }

  /**
   * What is sent of a statement: in a replay there is nobody to work beside an index build. A
   * partition that is detached {@code CONCURRENTLY} keeps a check, so that it makes a difference.
   */
  private static String sql(Statement statement) {
    return Optional.of(statement)
        .filter(one -> one.syntax().command().endsWith(" INDEX"))
        .flatMap(InnerTransaction::of)
        .orElse(statement.sql().sql());
  }

  private static boolean mayBeSentWithOthers(Statement statement) {
    return statement.kind() == Statement.Kind.SQL
        && statement.transactionControl() == TransactionControl.NONE;
  }

  /**
   * Sends migrations that suit.
   *
   * @return how many went through: of the next, nothing happened, and the session is as new
   * @throws SQLException when the session is lost
   */
  static int run(MigratingSession session, List<ScriptedMigration> migrations, Duration limit)
      throws SQLException {
    if (migrations.isEmpty()) {
      return 0;
    }
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < migrations.size(); i++) {
      message.append("begin;\n");
      for (Statement statement : migrations.get(i).statements()) {
        message.append(sql(statement)).append("\n;\n");
      }
      // The reset is of the next transaction, which takes it back when it fails.
      message
          .append("set %s = '%d';\ncommit;\n".formatted(COUNT, i + 1))
          .append(session.resetting())
          .append(";\n");
    }
    try {
      session.run(message.toString(), limit);
      return migrations.size();
    } catch (SQLException e) {
      if (!session.isUsable()) {
        throw e;
      }
      if (session.inTransaction()) {
        session.run("rollback");
      }
      int done = committed(session);
      session.reset();
      return done;
    }
  }

  private static int committed(MigratingSession session) throws SQLException {
    return Query.value(
            session.connection(),
            "select coalesce(nullif(current_setting(?, true), ''), '0')",
            COUNT)
        .map(Integer::valueOf)
        .orElseThrow();
  }
}
