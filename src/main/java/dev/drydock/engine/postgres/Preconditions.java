package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.MigratingSession;
import dev.drydock.history.Migration;
import dev.drydock.history.Precondition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks what a tool asks before it runs a migration. */
final class Preconditions {
  private final List<String> notices = new ArrayList<>();

  /**
   * Whether the tool runs a migration. It does where a question cannot be answered: what the tool
   * makes of that is up to it.
   */
  boolean hold(Migration migration, MigratingSession session, Duration limit) throws SQLException {
    for (Precondition precondition : migration.up().preconditions()) {
      try {
        if (!precondition.ofRows()
            && !session.ask(precondition.query(), limit).equals(precondition.expected())) {
          return false;
        }
      } catch (SQLException e) {
        if (!session.isUsable()) {
          throw e;
        }
        return true;
      }
    }
    return true;
  }

  /** The same for one under review, of which note is taken. */
  boolean holdNoted(Migration migration, MigratingSession session, Duration limit)
      throws SQLException {
    boolean hold = hold(migration, session, limit);
    if (!hold) {
      note(
          migration,
          "was not run: what it is told to ask before does not hold after the migrations before it, and then its tool passes over it");
    } else if (migration.up().preconditions().stream().anyMatch(Precondition::ofRows)) {
      note(
          migration,
          "was run as if what it is told to ask before held: production's rows answer that, and where it does not hold there its tool passes over it");
    }
    return hold;
  }

  /** Of one under review whose tool undoes it where it fails, and goes on. */
  void noteFailed(Migration migration, String failure) {
    note(
        migration,
        "failed (%s) and was undone: its tool is told to go on after it, and what it does where it does not fail was not judged"
            .formatted(failure));
  }

  private void note(Migration migration, String what) {
    notices.add("%s of %s %s".formatted(migration.version().text(), migration.file().path(), what));
  }

  /** What there is to say of those under review, a sentence each. */
  List<String> notices() {
    return notices;
  }
}
