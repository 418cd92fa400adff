package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.schema.Schema;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Statement;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the failures of a statement that come of tables being empty in a replay, where production
 * has rows that people made.
 */
final class WantedRows {
  static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final String NOT_NULL_VIOLATION = "23502";

  /** RAISE and ASSERT, and a query INTO STRICT that finds no row or too many. */
  private static final Set<String> OWN_ERRORS = Set.of("P0001", "P0002", "P0003", "P0004");

  private static final Set<String> WRITES_ROWS = Set.of("INSERT", "UPDATE", "MERGE");

  /** A query whose parts write, of which the server names the last alone. */
  private static final Pattern WRITES_IN_PART =
      Pattern.compile("(?is)with\\b.*\\b(?:insert\\s+into|update|merge\\s+into)\\b.*");

  private static final Set<String> RUNS_CODE = Set.of("DO", "CALL", "SELECT");

  /** Without a query in it, the null is one that the statement itself has. */
  private static final Pattern LOOKS_UP = Pattern.compile("\\bselect\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern REFERENCED = Pattern.compile("is not present in table \"(.+)\"");

  /** The command of psql's, and the server's. */
  private static final Pattern COPIES = Pattern.compile("\\\\?copy\\b", Pattern.CASE_INSENSITIVE);

  private static final String NO_SUCH_FILE = "58P01";

  private WantedRows() {}

  /**
   * Whether a statement of an applied migration failed because what it loads is in a file, of
   * psql's or the server's, that is not here.
   */
  static boolean areInFile(Statement statement, ServerError error) {
    return COPIES.matcher(statement.text()).lookingAt()
        && (statement.kind() == Statement.Kind.META || error.state().equals(NO_SUCH_FILE));
  }

  /** Whether a statement of an applied migration failed for it: there it has gone through. */
  static boolean wereWanted(Statement statement, ServerError error) {
    boolean writes =
        WRITES_ROWS.contains(statement.syntax().command())
            || WRITES_IN_PART.matcher(statement.text()).matches();
    return writes
        && (error.state().equals(FOREIGN_KEY_VIOLATION)
            || (error.state().equals(NOT_NULL_VIOLATION)
                && LOOKS_UP.matcher(statement.text()).find()));
  }

  /**
   * Whether a pending statement may have failed for it: the rows are those of a table that
   * production has.
   *
   * @param base the schema that production has
   */
  static boolean areWanted(Statement statement, ServerError error, Schema base) {
    if (OWN_ERRORS.contains(error.state())) {
      return RUNS_CODE.contains(statement.syntax().command())
          && base.tables().anyMatch(t -> Mention.of(t.name().local(), statement.text()));
    }
    if (!wereWanted(statement, error)) {
      return false;
    }
    if (error.state().equals(NOT_NULL_VIOLATION)) {
      return true;
    }
    Matcher referenced = REFERENCED.matcher(error.detail());
    return referenced.find()
        && base.tables().anyMatch(t -> t.name().local().equals(referenced.group(1)));
  }
}
