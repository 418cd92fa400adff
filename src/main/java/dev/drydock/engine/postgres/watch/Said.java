package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.ServerNotice;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a statement made the server say.
 *
 * @param reports those of the event triggers, in order
 * @param takenBack what of them a rollback inside the statement took back, as far as was asked
 * @param notices everything else
 */
public record Said(List<DdlEvent> reports, TakenBack takenBack, List<ServerNotice> notices) {
  /** What a loop says besides is not kept: of many statements it would fill the memory. */
  private static final int MOST_NOTICES = 1000;

  private static final int LONGEST_NOTICE = 2000;

  /** What {@code statement} has been told since it was asked last. */
  static Said to(Statement statement, CatalogReader reader) throws SQLException {
    List<DdlEvent> reports = new ArrayList<>();
    List<ServerNotice> notices = new ArrayList<>();
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      if (warning instanceof PSQLWarning notice && notice.getServerErrorMessage() != null) {
        ServerErrorMessage message = notice.getServerErrorMessage();
        if (DdlEvent.isFrom(message)) {
          reports.add(DdlEvent.of(reader.parse(message.getDetail())));
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
    return new Said(reports, TakenBack.NOTHING, notices);
  }

  /**
   * The same, once it is known what a rollback took back.
   *
   * @param standing the marks that are still there
   */
  Said settled(Set<String> standing) {
    return new Said(reports, TakenBack.of(nested().toList(), standing), notices);
  }

  /** Those of the reports from inside blocks and functions. */
  List<String> marks() {
    return nested().map(DdlEvent::mark).toList();
  }

  /** Whether a block or function came to a command, so that some may have been taken back. */
  public boolean isNested() {
    return nested().findAny().isPresent();
  }

  private Stream<DdlEvent> nested() {
    return reports.stream().filter(DdlEvent::isNested);
  }

  /** What was done and stands. */
  public List<DdlEvent> events() {
    return done().filter(report -> !takenBack.reports().contains(report)).toList();
  }

  /** What was done and taken back. */
  List<DdlEvent> undone() {
    return done().filter(takenBack.reports()::contains).toList();
  }

  private Stream<DdlEvent> done() {
    return reports.stream().filter(report -> report.kind().tellsOfWork());
  }

  /** Where in a block or function it came to a command. */
  Stream<DdlEvent.Context> cameTo() {
    return reports.stream().flatMap(report -> report.context().stream());
  }

  /** The commands that the server refused, in a block which handled the error. */
  public List<String> refused() {
    return takenBack.refused().stream()
        .flatMap(report -> report.context().stream())
        .map(DdlEvent.Context::sql)
        .filter(sql -> !sql.isEmpty())
        .toList();
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
