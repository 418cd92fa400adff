package dev.drydock.engine.postgres;

import dev.drydock.replay.Outcome;
import dev.drydock.replay.RowFailure;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How statements failed before a generated row that stood in their way was taken out of it. */
final class RowFailures {
  private static final String NOT_NULL_VIOLATION = "23502";

  /** Commands that name columns and write no rows. */
  private static final Set<String> DESCRIBES_ONLY =
      Set.of("ALTER TABLE", "CREATE TABLE", "CREATE INDEX", "COMMENT");

  private final CanaryRows canaries;
  private final Map<Integer, RowFailure> failures = new HashMap<>();

  /** The statements of the change so far, those of the migration that runs now included. */
  private final List<Statement> seen = new ArrayList<>();

  RowFailures(CanaryRows canaries) {
    this.canaries = canaries;
  }

  /**
   * To be called before each migration: statements are told apart by their place in it.
   *
   * @param statements all of the migration
   */
  void begin(List<Statement> statements) {
    failures.clear();
    seen.addAll(statements);
  }

  Optional<RowFailure> of(Statement statement) {
    return Optional.ofNullable(failures.get(statement.index()));
  }

  /** To be called when the statement fails without rows as well, so that they were not it. */
  void forget(Statement statement) {
    failures.remove(statement.index());
  }

  /**
   * Takes the rows away that made the statement fail. Only the first failure of a transaction says
   * anything: those after it may come of the rows that are gone.
   *
   * @param outcome what the failure is to be reported as
   * @return whether any were there
   */
  boolean takeAway(Statement statement, SQLException failure, Outcome outcome) throws SQLException {
    boolean complete = canaries.areComplete();
    boolean taken = canaries.takeAway(statement, ServerError.table(failure));
    if (taken && complete && outcome instanceof Outcome.Failed failed) {
      failures.putIfAbsent(
          statement.index(), new RowFailure(failed, isCertain(statement, failed, failure)));
    }
    return taken;
  }

  /** Whether the column that is null is one that no statement of the change may have filled. */
  private boolean isCertain(Statement statement, Outcome.Failed failed, SQLException failure) {
    if (isNewOfDomain(statement, failed, failure)) {
      return true;
    }
    Optional<String> column = ServerError.column(failure);
    return failed.sqlState().equals(NOT_NULL_VIOLATION)
        && column.isPresent()
        && seen.subList(0, seen.indexOf(statement) + 1).stream()
            .filter(earlier -> !DESCRIBES_ONLY.contains(earlier.syntax().command()))
            .noneMatch(earlier -> earlier.mentions(column.get()));
  }

  /** Whether a domain refused the null that a new column of it has in every row. */
  private static boolean isNewOfDomain(
      Statement statement, Outcome.Failed failed, SQLException failure) {
    List<Syntax.Part> actions =
        statement.syntax().parts().stream().filter(part -> part.kind().equals("action")).toList();
    return failed.sqlState().equals(NOT_NULL_VIOLATION)
        && ServerError.dataType(failure).isPresent()
        && !actions.isEmpty()
        && actions.stream().allMatch(action -> action.name().equals("ADD COLUMN"));
  }
}
