package dev.drydock.facts.mapping;

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
      return statement.locationAt(failed.position().getAsInt());
    }
    return statement.location();
  }
}
