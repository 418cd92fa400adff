package dev.drydock.facts.mapping;

import dev.drydock.facts.StateFacts;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Policy;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.Table;
import dev.drydock.schema.TablePart;
import dev.drydock.schema.Trigger;
import dev.drydock.source.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables a change made or altered, as they are when it is over. */
final class EndState {
  private EndState() {}

  /**
   * Where the reader should look for a table: at the statement that made it, else at the last that
   * altered it.
   */
  private record Touched(Observation observation, boolean created) {}

  static List<Subject> subjects(
      ReplayedHistory replayed, ChangeContext context, FactMapper mapper) {
    Map<String, Touched> touched = new LinkedHashMap<>();
    for (Observation observation : replayed.observations()) {
      observation.changes().forEach(change -> touch(touched, observation, change));
    }
    List<Subject> subjects = new ArrayList<>();
    touched.forEach(
        (id, place) ->
            replayed
                .end()
                .table(id)
                .filter(table -> !table.isView() && table.extension().isEmpty())
                .ifPresent(table -> subjects.add(subject(table, place, context, mapper))));
    return subjects;
  }

  private static void touch(
      Map<String, Touched> touched, Observation observation, SchemaChange change) {
    Optional<String> table =
        switch (change.object()) {
          case Table t -> Optional.of(t.id());
          case Trigger unused -> Optional.empty();
          case Policy unused -> Optional.empty();
          case TablePart part -> Optional.of(part.table());
          default -> Optional.empty();
        };
    boolean created =
        change.object() instanceof Table && change.event() == SchemaChange.Event.CREATED;
    table.ifPresent(
        id -> {
          if (created || !touched.containsKey(id) || !touched.get(id).created()) {
            touched.put(id, new Touched(observation, created));
          }
        });
  }

  private static Subject subject(
      Table table, Touched place, ChangeContext context, FactMapper mapper) {
    Observation observation = place.observation();
    Location location =
        Pointer.at(
            observation.statement(), Optional.empty(), List.of("relation"), table.name().local());
    List<String> added =
        table.columns().stream()
            .filter(column -> !context.existedBefore(column.id()))
            .map(column -> column.name().local())
            .toList();
    return new Subject(
        "state",
        new StateFacts(
            mapper.table(Optional.of(table), context.end()),
            !context.existedBefore(table.id()),
            added,
            context.indexes().unindexed(table),
            Indexes.superfluous(table),
            table.indexes().stream()
                .filter(index -> !context.existedBefore(index.id()))
                .filter(index -> index.constraint().isEmpty() && index.parent().isEmpty())
                .map(index -> index.name().local())
                .toList(),
            table.constraints().stream()
                .filter(constraint -> !context.existedBefore(constraint.id()))
                .filter(c -> c.type() != Constraint.Type.NOT_NULL && !c.inherited())
                .map(constraint -> constraint.name().local())
                .toList(),
            Padding.of(table.columns())),
        table.name().toString(),
        location,
        Optional.empty(),
        Optional.of(observation.statement().migration().file()),
        table.name().toString(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}
