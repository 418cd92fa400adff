package dev.drydock.facts;

import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement;

/** Where a finding about a whole statement points: at what the server objected to, when it said. */
final class FailurePlace {
  private FailurePlace() {}

  static Location of(Observation observation) {
    Statement statement = observation.statement();
    if (observation.outcome() instanceof Outcome.Failed failed && failed.position().isPresent()) {
      int start = Math.min(failed.position().getAsInt(), statement.text().length() - 1);
      int end = start + 1;
      while (end < statement.text().length() && isWord(statement.text().charAt(end))) {
        end++;
      }
      return statement
          .migration()
          .file()
          .location(statement.start() + start, statement.start() + end);
    }
    return statement.location();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '"';
  }
}
