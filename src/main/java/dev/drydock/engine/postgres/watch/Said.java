package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.ServerNotice;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a statement made the server say.
 *
 * @param events the reports of the event triggers on what was done
 * @param ran where in a block or function commands ran that defined or dropped nothing
 * @param notices everything else
 */
public record Said(List<DdlEvent> events, List<DdlEvent.Context> ran, List<ServerNotice> notices) {
  /** What a loop says besides is not kept: of many statements it would fill the memory. */
  private static final int MOST_NOTICES = 1000;

  private static final int LONGEST_NOTICE = 2000;

  /** What {@code statement} has been told since it was asked last. */
  static Said to(Statement statement, CatalogReader reader) throws SQLException {
    List<DdlEvent> events = new ArrayList<>();
    List<DdlEvent.Context> ran = new ArrayList<>();
    List<ServerNotice> notices = new ArrayList<>();
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      if (warning instanceof PSQLWarning notice && notice.getServerErrorMessage() != null) {
        ServerErrorMessage message = notice.getServerErrorMessage();
        if (DdlEvent.isFrom(message)) {
          DdlEvent event = DdlEvent.of(reader.parse(message.getDetail()));
          if (event.kind() == DdlEvent.Kind.RAN) {
            event.context().ifPresent(ran::add);
          } else {
            events.add(event);
          }
        } else if (notices.size() < MOST_NOTICES) {
          notices.add(
              new ServerNotice(
                  text(message.getSeverity()),
                  text(message.getSQLState()),
                  shortened(text(message.getMessage()))));
        }
      }
    }
    statement.clearWarnings();
    return new Said(events, ran, notices);
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_NOTICE) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_NOTICE - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_NOTICE - end) + "…";
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
