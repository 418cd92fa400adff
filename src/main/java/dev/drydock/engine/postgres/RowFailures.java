package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.RowFailure;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How statements failed before a generated row that stood in their way was taken out of it. */
final class RowFailures {
  private static final String NOT_NULL_VIOLATION = "23502";
  private static final String CHECK_VIOLATION = "23514";

  /** A check that says no more than that there is a value. */
  private static final Pattern IS_NOT_NULL =
      Pattern.compile(
          "\\bcheck\\s*\\(\\s*\\(?\\s*\"?([\\p{L}\\p{N}_$]+)\"?\\s+is\\s+not\\s+null\\s*\\)",
          Pattern.CASE_INSENSITIVE);

  /** Commands that name columns and write no rows. */
  private static final Set<String> DESCRIBES_ONLY =
      Set.of("ALTER TABLE", "CREATE TABLE", "CREATE INDEX", "COMMENT");

  private static final Set<String> DEMANDING =
      Set.of("ALTER COLUMN SET NOT NULL", "ADD CONSTRAINT");

  private static final Set<String> ADDING = Set.of("ADD COLUMN", "ADD CONSTRAINT");

  private static final Set<String> ADDING_AND_PROVING =
      Set.of("ADD COLUMN", "ADD CONSTRAINT", "VALIDATE CONSTRAINT");

  /** A default that may differ from row to row. */
  private static final Pattern CALLED_DEFAULT =
      Pattern.compile("\\bdefault\\b(?:(?!\\bcheck\\b)[^,;])*\\w\\s*\\(", Pattern.CASE_INSENSITIVE);

  /** Where the server was in a block or function: at an ALTER TABLE with an ADD. */
  private static final Pattern NESTED_ADDING =
      Pattern.compile(
          "(?is)^SQL statement \"\\s*alter(\\s+table\\s.*?\\sadd\\s.*?)\"\nPL/pgSQL function ");

  /** Words of one that does not add columns alone. */
  private static final Set<String> OF_OTHER_ACTIONS =
      Set.of("alter", "constraint", "check", "unique", "primary", "foreign", "exclude");

  private final CanaryRows canaries;
  private final Map<Statement, RowFailure> failures = new HashMap<>();

  /** The statements of the change so far, those of the migration that runs now included. */
  private final List<Statement> seen = new ArrayList<>();

  RowFailures(CanaryRows canaries) {
    this.canaries = canaries;
  }

  /**
   * To be called before each run.
   *
   * @param statements all of the migration
   */
  void begin(List<Statement> statements) {
    failures.clear();
    seen.addAll(statements);
  }

  Optional<RowFailure> of(Statement statement) {
    return Optional.ofNullable(failures.get(statement));
  }

  /** To be called when the statement fails without rows as well, so that they were not it. */
  void forget(Statement statement) {
    failures.remove(statement);
  }

  /**
   * Takes the rows away that made the statement fail. Only the first failure of a transaction says
   * anything: those after it may come of the rows that are gone.
   *
   * @param outcome what the failure is to be reported as
   * @param schema as it was before the transaction
   * @return whether any were there
   */
  boolean takeAway(Statement statement, SQLException failure, Outcome outcome, Schema schema)
      throws SQLException {
    boolean complete = canaries.areComplete();
    boolean taken = canaries.takeAway(statement, ServerError.table(failure), schema);
    if (taken
        && complete
        && outcome instanceof Outcome.Failed failed
        && !isLeftEmpty(statement, failed, failure)) {
      failures.putIfAbsent(
          statement,
          new RowFailure(
              failed,
              isCertain(statement, failed, failure)
                  || isOfNewColumns(statement, failed, failure, schema)
                  || isOfAddedColumns(statement, failed, failure, schema),
              missing(statement, failed, failure)
                  .filter(c -> addsEarlier(statement, c))
                  .isPresent()));
    }
    return taken;
  }

  /**
   * Whether the value that a column of production is to have is one that the generated row was not
   * given, because a check refused all that were tried. The rows of production may have it.
   */
  private boolean isLeftEmpty(Statement statement, Outcome.Failed failed, SQLException failure) {
    return failed.sqlState().equals(NOT_NULL_VIOLATION)
        && statement.syntax().names("action").stream().anyMatch(DEMANDING::contains)
        && ServerError.column(failure)
            .filter(column -> seen.stream().noneMatch(s -> names(s, column)))
            .isPresent();
  }

  private static boolean names(Statement statement, String column) {
    return adds(statement, column)
        || (statement.syntax().names("action").contains("RENAME COLUMN")
            && statement.mentions(column));
  }

  /** Whether the column that is null is one that no statement of the change may have filled. */
  private boolean isCertain(Statement statement, Outcome.Failed failed, SQLException failure) {
    if (isNewOfDomain(statement, failed, failure)) {
      return true;
    }
    Optional<String> column = missing(statement, failed, failure);
    return column.isPresent()
        && seen.subList(0, seen.indexOf(statement) + 1).stream()
            .filter(RowFailures::writes)
            .noneMatch(earlier -> earlier.mentions(column.get()));
  }

  /** The column that has no value. */
  private Optional<String> missing(
      Statement statement, Outcome.Failed failed, SQLException failure) {
    return switch (failed.sqlState()) {
      case NOT_NULL_VIOLATION -> ServerError.column(failure);
      case CHECK_VIOLATION -> checked(statement, failure);
      default -> Optional.empty();
    };
  }

  private boolean addsEarlier(Statement statement, String column) {
    return seen.stream()
        .filter(earlier -> !earlier.migration().equals(statement.migration()))
        .anyMatch(earlier -> adds(earlier, column));
  }

  /** The column that has to have a value by the check that the server blames. */
  private Optional<String> checked(Statement statement, SQLException failure) {
    Optional<String> constraint = ServerError.constraint(failure);
    return Stream.concat(Stream.of(statement), seen.stream())
        .filter(s -> s == statement || constraint.filter(s::mentions).isPresent())
        .map(s -> IS_NOT_NULL.matcher(s.text()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        // One that production has may have its values.
        .filter(column -> seen.stream().anyMatch(s -> adds(s, column)));
  }

  private static boolean adds(Statement statement, String column) {
    return statement.syntax().names("column").stream().anyMatch(column::equalsIgnoreCase)
        && statement.syntax().names("action").contains("ADD COLUMN");
  }

  /**
   * Whether the check is about nothing but columns that the statement adds, which have the same
   * value in every row.
   */
  private boolean isOfNewColumns(
      Statement statement, Outcome.Failed failed, SQLException failure, Schema schema) {
    List<String> actions = statement.syntax().names("action");
    Optional<Table> table = ServerError.table(failure).flatMap(schema::table);
    return failed.sqlState().equals(CHECK_VIOLATION)
        && table.isPresent()
        && actions.contains("ADD COLUMN")
        && ADDING.containsAll(actions)
        && !CALLED_DEFAULT.matcher(statement.text()).find()
        && table.get().columns().stream()
            .map(column -> column.name().local())
            .noneMatch(statement::mentions)
        && seen.stream()
            .filter(other -> !other.equals(statement))
            .flatMap(other -> other.syntax().names("column").stream())
            .noneMatch(statement::mentions);
  }

  /**
   * Whether the check is about nothing but columns that the change has added, each with the same
   * value in every row, which nothing has written since.
   */
  private boolean isOfAddedColumns(
      Statement statement, Outcome.Failed failed, SQLException failure, Schema schema) {
    Optional<Statement> demand = demand(statement, failure);
    Optional<Table> table = ServerError.table(failure).flatMap(schema::table);
    if (!failed.sqlState().equals(CHECK_VIOLATION) || table.isEmpty() || demand.isEmpty()) {
      return false;
    }
    List<Statement> before = seen.subList(0, seen.indexOf(statement) + 1);
    List<Statement> adding =
        before.stream()
            .filter(s -> s.syntax().names("action").contains("ADD COLUMN"))
            .filter(s -> s.syntax().names("column").stream().anyMatch(demand.get()::mentions))
            .toList();
    return !adding.isEmpty()
        && adding.stream().noneMatch(s -> CALLED_DEFAULT.matcher(s.text()).find())
        && table.get().columns().stream()
            .map(column -> column.name().local())
            .filter(demand.get()::mentions)
            .allMatch(column -> adding.stream().anyMatch(s -> adds(s, column)))
        && before.stream()
            .filter(s -> !ADDING_AND_PROVING.containsAll(s.syntax().names("action")) || writes(s))
            .noneMatch(
                s ->
                    adding.stream()
                        .flatMap(a -> a.syntax().names("column").stream())
                        .anyMatch(s::mentions));
  }

  /** The statement that says what the check demands. */
  private Optional<Statement> demand(Statement statement, SQLException failure) {
    Optional<String> constraint = ServerError.constraint(failure);
    return Stream.concat(Stream.of(statement), seen.stream())
        .filter(s -> s.syntax().names("action").contains("ADD CONSTRAINT"))
        .filter(s -> constraint.filter(s::mentions).isPresent())
        .findFirst();
  }

  private static boolean writes(Statement statement) {
    return !DESCRIBES_ONLY.contains(statement.syntax().command());
  }

  /** Whether a domain refused the null that a new column of it has in every row. */
  private static boolean isNewOfDomain(
      Statement statement, Outcome.Failed failed, SQLException failure) {
    List<String> actions = statement.syntax().names("action");
    return failed.sqlState().equals(NOT_NULL_VIOLATION)
        && ServerError.dataType(failure).isPresent()
        && (actions.isEmpty()
            ? addsColumnsInside(failure)
            : actions.stream().allMatch("ADD COLUMN"::equals));
  }

  /** Whether it came of a command inside a block or function that adds columns and nothing else. */
  private static boolean addsColumnsInside(SQLException failure) {
    Matcher command = NESTED_ADDING.matcher(ServerError.context(failure));
    return command.find()
        && Collections.disjoint(Mention.words(command.group(1)), OF_OTHER_ACTIONS);
  }
}
