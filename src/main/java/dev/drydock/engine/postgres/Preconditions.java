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
  private final List<String> passedOver = new ArrayList<>();

  /**
   * Whether the tool runs a migration. It does where a question cannot be answered: what the tool
   * makes of that is up to it.
   */
  boolean hold(Migration migration, MigratingSession session, Duration limit) throws SQLException {
    for (Precondition precondition : migration.up().preconditions()) {
      try {
        if (!session.ask(precondition.query(), limit).equals(precondition.expected())) {
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

  /** Takes note of a migration that the tool passes over. */
  void passOver(Migration migration) {
    passedOver.add(
        "%s of %s was not run: what it is told to ask before does not hold after the migrations before it, and then its tool passes over it"
            .formatted(migration.version().text(), migration.file().path()));
  }

  /** What was passed over, a sentence each. */
  List<String> notices() {
    return passedOver;
  }
}
