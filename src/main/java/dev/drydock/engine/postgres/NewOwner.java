package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.sql.Statement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role that something is handed to and that may not create where it lies: it needs the right to
 * create in the schema, or for a schema in the database.
 *
 * @param role as SQL has it
 * @param kind {@code schema} or {@code database}
 * @param place the name of that
 */
record NewOwner(String role, String kind, String place) {
  private static final Pattern CLOSED =
      Pattern.compile("permission denied for (schema|database) (.+)");

  private static final Pattern OWNER =
      Pattern.compile(
          "\\bowner\\s+to\\s+(\"(?:[^\"]|\"\"){1,200}\"|\\w+)", Pattern.CASE_INSENSITIVE);

  /** The one that a statement failed for. */
  static Optional<NewOwner> barred(Statement statement, SQLException failure) {
    Matcher closed = CLOSED.matcher(ServerError.words(failure));
    Matcher owner = OWNER.matcher(statement.text());
    return "42501".equals(failure.getSQLState()) && closed.matches() && owner.find()
        ? Optional.of(new NewOwner(owner.group(1), closed.group(1), closed.group(2)))
        : Optional.empty();
  }

  /** SQL that gives it the right; it fails where the schema is not the migrating role's. */
  String grant() {
    return "grant create on %s %s to %s".formatted(kind, Quoted.name(place), role);
  }

  /** A sentence without its full stop. */
  String notice() {
    return "role %s may not create in %s %s in the replay, which a new owner has to, and was given the right"
        .formatted(role, kind, place);
  }
}
