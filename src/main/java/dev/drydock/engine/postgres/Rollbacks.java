package dev.drydock.engine.postgres;

import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import dev.drydock.sql.Statement;
import dev.drydock.sql.TransactionControl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Finds the statements of a migration that it takes back itself, with ROLLBACK or ROLLBACK TO.
 *
 * <p>They locked and read what they did, but nothing they changed is there for anybody else.
 */
final class Rollbacks {
  private final List<Observation> observations;

  /** The last one first; of one name there may be several, and the last one counts. */
  private final Deque<Savepoint> savepoints = new ArrayDeque<>();

  private int start;

  /**
   * @param index of the statement that set it
   */
  private record Savepoint(String name, int index) {}

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
      savepoints.push(new Savepoint(name, index));
      return;
    }
    // Both end those that were set after it.
    while (!savepoints.isEmpty() && !savepoints.peek().name().equals(name)) {
      savepoints.pop();
    }
    if (savepoints.isEmpty()) {
      return;
    }
    if (command.equals("ROLLBACK")) {
      takeBack(savepoints.peek().index(), index);
    } else {
      savepoints.pop();
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
    String text = statement.text();
    PostgresLexer lexer = new PostgresLexer(text);
    String name = "";
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.WORD) {
        name = text.substring(lexer.start(), lexer.end()).toLowerCase(Locale.ROOT);
      } else if (token == Token.QUOTED) {
        name = text.substring(lexer.start() + 1, lexer.end() - 1);
      }
    }
    return name;
  }
}
