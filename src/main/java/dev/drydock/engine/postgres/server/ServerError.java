package dev.drydock.engine.postgres.server;

import dev.drydock.schema.Name;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server said against a statement, at its place in the file.
 *
 * @param state SQLSTATE; empty when the failure is not the server's
 * @param message its words, without severity
 * @param detail its further words; empty when there are none
 * @param hint its hint; empty when there is none
 * @param position offset in the statement's text that it points at
 * @param location the word it points at, else the statement
 */
public record ServerError(
    String state,
    String message,
    String detail,
    String hint,
    OptionalInt position,
    Location location) {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String ACTIVE_TRANSACTION = "25001";
  private static final String UNSAFE_NEW_ENUM_VALUE_USAGE = "55P04";
  private static final String NO_CONNECTION = "08001";

  /** A wrapper wants a password of all but superusers. */
  private static final String NO_PASSWORD = "2F003";

  /** A migration may raise an exception with a text of any length. */
  private static final int LONGEST = 2000;

  public static ServerError of(SQLException failure, Statement statement) {
    Optional<ServerErrorMessage> fields = fields(failure);
    if (fields.isEmpty()) {
      return new ServerError(
          failure.getSQLState() == null ? "" : failure.getSQLState(),
          words(failure),
          "",
          "",
          OptionalInt.empty(),
          statement.location());
    }
    ServerErrorMessage server = fields.get();
    OptionalInt position = position(server, statement);
    return new ServerError(
        text(server.getSQLState()),
        text(server.getMessage()),
        text(server.getDetail()),
        text(server.getHint()),
        position,
        position.isPresent() ? statement.locationAt(position.getAsInt()) : statement.location());
  }

  /** The qualified name of the table that the server blames. */
  public static Optional<Name> table(SQLException failure) {
    return fields(failure)
        .filter(fields -> fields.getTable() != null && fields.getSchema() != null)
        .map(fields -> new Name(fields.getSchema(), fields.getTable()));
  }

  /** The column that the server blames. */
  public static Optional<String> column(SQLException failure) {
    return fields(failure).map(ServerErrorMessage::getColumn);
  }

  /** The constraint that the server blames. */
  public static Optional<String> constraint(SQLException failure) {
    return fields(failure).map(ServerErrorMessage::getConstraint);
  }

  /** The type, a domain, that the server blames. */
  public static Optional<String> dataType(SQLException failure) {
    return fields(failure).map(ServerErrorMessage::getDatatype);
  }

  /** Where the server was when it failed, outermost last; empty when it does not say. */
  public static String context(SQLException failure) {
    return fields(failure).map(fields -> text(fields.getWhere())).orElse("");
  }

  private static Optional<ServerErrorMessage> fields(SQLException failure) {
    return failure instanceof PSQLException exception
        ? Optional.ofNullable(exception.getServerErrorMessage())
        : Optional.empty();
  }

  /** The message of a failure in one line, without what the driver adds to it. */
  public static String words(SQLException failure) {
    return fields(failure)
        .map(fields -> text(fields.getMessage()))
        .orElseGet(
            () ->
                text(failure.getMessage())
                    .lines()
                    .findFirst()
                    .orElse(failure.getClass().getSimpleName()));
  }

  /** Whether the statement cannot be in a transaction, wherever that was begun. */
  public boolean refusesTransaction() {
    return state.equals(ACTIVE_TRANSACTION) && message.contains("cannot run inside");
  }

  /** Whether the statement uses an enum value that its own transaction adds. */
  public boolean isTooEarly() {
    return state.equals(UNSAFE_NEW_ENUM_VALUE_USAGE);
  }

  /** Whether a foreign table was read whose wrapper comes of a stand-in. */
  public boolean isOfForeignTable() {
    return state.equals("0A000") && message.endsWith(" of type fdw_handler");
  }

  /**
   * Whether another server was to be asked, which does not answer, or which nobody may ask as the
   * role that replays.
   */
  public boolean isOfOtherServer() {
    return state.equals(NO_CONNECTION)
        || state.equals(NO_PASSWORD)
        || message.startsWith("user mapping not found for ");
  }

  /** Whether a superuser would have been let through. */
  public boolean lacksRights() {
    return state.equals(INSUFFICIENT_PRIVILEGE) && !message.endsWith("is a system catalog");
  }

  /** Message and detail, without a full stop at the end. */
  public String sentence() {
    return detail.isEmpty() ? message : message + " (" + detail.replaceFirst("\\.$", "") + ")";
  }

  /** The server counts characters from 1, Java counts UTF-16 code units. */
  private static OptionalInt position(ServerErrorMessage server, Statement statement) {
    int characters = server.getPosition();
    String sql = statement.sql().sql();
    if (characters < 1 || characters > sql.codePointCount(0, sql.length()) + 1) {
      return OptionalInt.empty();
    }
    int offset = sql.offsetByCodePoints(0, characters - 1);
    return OptionalInt.of(
        Math.min(statement.sql().sourceOffset(offset), statement.text().length()));
  }

  private static String text(String value) {
    if (value == null) {
      return "";
    }
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
  }
}
