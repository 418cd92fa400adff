package dev.drydock.facts.mapping;

import dev.drydock.facts.MigrationFacts;
import dev.drydock.facts.RevertedFacts;
import dev.drydock.facts.SkippedFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.replay.Cause;
import dev.drydock.replay.Observation;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A statement as the place that subjects belong to. */
record Place(
    Observation observation, StatementFacts facts, MigrationFacts migration, Evidences evidences) {

  Place(Observation observation, StatementFacts facts, MigrationFacts migration) {
    this(observation, facts, migration, new Evidences(observation));
  }

  /** A command that the statement, a block, did not come to. */
  Subject skipped(Cause command) {
    return subject(
            "skipped",
            new SkippedFacts(command.command(), command.sql()),
            command.command(),
            command.location().orElse(observation.statement().location()),
            Optional.empty())
        .with(List.of("did not run in the block; by itself the server took it afterwards"));
  }

  /** A command that the statement ran and took back. */
  Subject reverted(Cause command) {
    return subject(
            "reverted",
            new RevertedFacts(command.command(), command.sql()),
            command.command(),
            command.location().orElse(observation.statement().location()),
            Optional.of(command))
        .with(List.of("ran, and at the end of the statement nothing of it was left"));
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
        Optional.of(statement.location()),
        Optional.of(statement.migration().file()),
        statement.text(),
        Optional.of(facts),
        Optional.of(migration),
        evidences.of(cause),
        related);
  }
}
