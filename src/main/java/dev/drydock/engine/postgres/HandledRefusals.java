package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.engine.postgres.watch.Said;
import dev.drydock.schema.Schema;
import dev.drydock.sql.Statement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the commands that the server refused because of a generated row, in blocks that handle the
 * error: such a block goes through, and does not do what it may do in production.
 */
final class HandledRefusals {
  /** Data that do not convert or are out of range, and constraints that rows do not meet. */
  private static final Set<String> OF_ROWS = Set.of("22", "23");

  private final MigratingSession session;
  private final CanaryRows canaries;
  private final Duration limit;

  /** The statements of which it is known what they do without the rows. */
  private final Set<Statement> settled = new HashSet<>();

  /** A generated row was in the way of a command whose error was handled. */
  static final class RowInTheWay extends SQLException {
    private static final long serialVersionUID = 1;

    private static final String DATA_EXCEPTION = "22000";

    /** What the server said of the row; absent where the command goes through by now. */
    private final transient Optional<SQLException> refusal;

    RowInTheWay(Optional<SQLException> refusal) {
      super("a generated row was in the way", DATA_EXCEPTION);
      this.refusal = refusal;
    }
  }

  HandledRefusals(MigratingSession session, CanaryRows canaries, Duration limit) {
    this.session = session;
    this.canaries = canaries;
    this.limit = limit;
  }

  /**
   * Tries what a statement was refused once more, in the transaction that is still open.
   *
   * @throws RowInTheWay when the transaction is to be run again without generated rows. What an
   *     attempt that went through has read has been counted, so that nothing can be said of the
   *     statement then.
   */
  void look(Statement statement, Said said) throws SQLException {
    if (settled.contains(statement) || !canaries.anyStand()) {
      return;
    }
    for (String command : said.refused()) {
      if (command.contains(";")) {
        // Several, of which one may end the transaction.
        continue;
      }
      Optional<SQLException> refusal = session.attempt(command, limit);
      if (refusal.filter(e -> !isOfRows(e)).isEmpty()) {
        throw new RowInTheWay(refusal);
      }
    }
  }

  private static boolean isOfRows(SQLException refusal) {
    String state = String.valueOf(refusal.getSQLState());
    return OF_ROWS.stream().anyMatch(state::startsWith);
  }

  /**
   * Takes the rows away, so that the transaction can be run again.
   *
   * @param schema as it was before the transaction
   */
  void takeAway(Statement statement, RowInTheWay failure, Schema schema) throws SQLException {
    boolean taken =
        failure.refusal.isPresent()
            && canaries.takeAway(statement, failure.refusal.flatMap(ServerError::table), schema);
    if (!taken) {
      settled.add(statement);
    }
  }
}
