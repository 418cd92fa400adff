package dev.drydock.facts;

import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;

/** What the USING expression of a changed column makes of its values. */
final class UsingExpression {
  private UsingExpression() {}

  /** Whether it reads no old value. */
  static boolean replaces(Column column, Observation observation) {
    return is("replaced", column, observation);
  }

  /** Whether it has a constant for each value, which the server has read; a domain checks it. */
  static boolean answers(Column now, Observation observation) {
    return !now.type().kind().equals("domain")
        && (is("answered", now, observation)
            || (!now.notNull() && is("answered or null", now, observation)));
  }

  private static boolean is(String kind, Column column, Observation observation) {
    return observation.statement().syntax().parts().stream()
        .anyMatch(part -> part.kind().equals(kind) && part.name().equals(column.name().local()));
  }
}
