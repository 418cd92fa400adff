package dev.drydock.facts.mapping;

import dev.drydock.facts.LockFacts;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaChange.Event;
import dev.drydock.schema.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** All that one statement changed in the schema, to see one change beside the others. */
final class StatementChanges {
  private final Schema after;
  private final List<LockFacts> held;
  private final List<SchemaChange> changes;

  /**
   * @param held the strongest lock on each relation while the statement ran, the strongest first
   */
  StatementChanges(Observation observation, List<LockFacts> held) {
    this.after = observation.schema();
    this.held = held;
    this.changes = observation.changes().toList();
  }

  /** In the order in which they were made. */
  List<SchemaChange> list() {
    return changes;
  }

  /** A table as it is after the statement, or as it was when the statement dropped it. */
  Optional<Table> owner(String id) {
    return after
        .table(id)
        .or(
            () ->
                changes.stream()
                    .flatMap(change -> change.before(Table.class).stream())
                    .filter(table -> table.id().equals(id))
                    .findFirst());
  }

  /** The strongest lock on one of the tables. */
  LockFacts lockOn(List<String> tables) {
    return held.stream()
        .filter(lock -> tables.contains(lock.relation().name()))
        .findFirst()
        .orElse(FactMapper.NO_LOCK);
  }

  boolean happenedTo(Event event, String id) {
    return changes.stream()
        .anyMatch(change -> change.event() == event && change.object().id().equals(id));
  }

  /** Whether it happened to a table that this one is a partition or child of. */
  boolean happenedAbove(Event event, Table table) {
    return table.parents().stream().anyMatch(parent -> happenedTo(event, parent));
  }

  /** Names of the tables below this one, at any depth, that it happened to as well. */
  List<String> below(Event event, Table table) {
    Set<String> family = new HashSet<>(Set.of(table.id()));
    Set<String> names = new TreeSet<>();
    List<Table> others =
        changes.stream()
            .filter(change -> change.event() == event)
            .map(SchemaChange::object)
            .filter(Table.class::isInstance)
            .map(Table.class::cast)
            .toList();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Table other : others) {
        if (other.parents().stream().anyMatch(family::contains) && family.add(other.id())) {
          names.add(other.name().toString());
          grew = true;
        }
      }
    }
    return List.copyOf(names);
  }

  /** Whether a column of the table was dropped whose name is one of those. */
  boolean droppedColumnOf(String table, Predicate<String> names) {
    return changes.stream()
        .filter(change -> change.event() == Event.DROPPED)
        .flatMap(change -> change.before(Column.class).stream())
        .filter(column -> column.table().equals(table))
        .map(column -> column.name().local())
        .anyMatch(names);
  }
}
