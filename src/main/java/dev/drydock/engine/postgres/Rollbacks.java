package dev.drydock.engine.postgres;

import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.sql.Statement;
import dev.drydock.sql.TransactionControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the statements of a migration that it takes back itself, with ROLLBACK or ROLLBACK TO.
 *
 * <p>They locked and read what they did, but nothing they changed is there for anybody else.
 */
final class Rollbacks {
  private final List<Observation> observations;
  private final Map<String, Integer> savepoints = new LinkedHashMap<>();
  private int start;

  private Rollbacks(List<Observation> observations) {
    this.observations = new ArrayList<>(observations);
  }

  /** The observations of one migration, in order, those that it took back without their changes. */
  static List<Observation> applied(List<Observation> observations) {
    Rollbacks rollbacks = new Rollbacks(observations);
    for (int i = 0; i < observations.size(); i++) {
      rollbacks.look(i);
    }
    return List.copyOf(rollbacks.observations);
  }

  private void look(int index) {
    Observation observation = observations.get(index);
    if (index > 0 && observations.get(index - 1).transaction() != observation.transaction()) {
      begin(index);
    }
    if (!(observation.outcome() instanceof Outcome.Succeeded)) {
      return;
    }
    TransactionControl control = observation.statement().transactionControl();
    String command = observation.statement().syntax().command();
    if (control == TransactionControl.SAVEPOINT) {
      savepoint(command, name(observation.statement()), index);
    } else if (control.ends()) {
      if (command.equals("ROLLBACK")) {
        takeBack(start, index);
      }
      begin(index + 1);
    }
  }

  private void begin(int index) {
    start = index;
    savepoints.clear();
  }

  private void savepoint(String command, String name, int index) {
    if (command.equals("SAVEPOINT")) {
      savepoints.put(name, index);
    } else if (command.equals("ROLLBACK") && savepoints.containsKey(name)) {
      takeBack(savepoints.get(name), index);
    }
  }

  private void takeBack(int from, int to) {
    for (int i = from; i < to; i++) {
      // What stands alone was committed before a ROLLBACK that had nothing to end.
      if (observations.get(i).inTransaction()) {
        observations.set(i, observations.get(i).takenBack());
      }
    }
  }

  private static String name(Statement statement) {
    String[] words = statement.text().split("\\s+");
    String last = words[words.length - 1];
    return last.startsWith("\"") ? last : last.toLowerCase(Locale.ROOT);
  }
}
