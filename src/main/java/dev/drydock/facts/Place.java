package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Relation;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A statement as the place that subjects belong to. */
record Place(Observation observation, StatementFacts facts, MigrationFacts migration) {

  /** A subject that is an effect on one relation. */
  Subject of(String each, Object record, Relation relation, Effect effect) {
    Statement statement = observation.statement();
    // It is of the whole statement, unless that names other relations besides.
    boolean several =
        statement.syntax().parts().stream().filter(p -> p.kind().equals("relation")).count() > 1;
    Location location =
        Pointer.at(
            statement,
            effect.cause(),
            several ? List.of("relation") : List.of(),
            relation.name().local());
    return subject(each, record, relation.name().toString(), location, effect.cause());
  }

  /**
   * @param cause the command inside the statement that it is about
   */
  Subject subject(
      String each, Object record, String object, Location location, Optional<Cause> cause) {
    List<Subject.Place> related = new ArrayList<>();
    cause
        .filter(c -> !c.function().isEmpty())
        .flatMap(Cause::location)
        .ifPresent(place -> related.add(new Subject.Place(place, "runs here")));
    Statement statement = observation.statement();
    return new Subject(
        each,
        record,
        object,
        location,
        Optional.of(statement.migration().file()),
        statement.text(),
        Optional.of(facts),
        Optional.of(migration),
        Evidences.of(observation),
        related);
  }
}
