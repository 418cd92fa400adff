package dev.drydock.engine.postgres.watch;

import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.TablePart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ids that indexes and constraints keep where the server makes them anew under another: REINDEX
 * CONCURRENTLY does so, and ALTER COLUMN TYPE. To whoever asks whether an index was there before,
 * or is still there, it is the same one.
 */
final class CarriedIds {
  /** The id that the object had first, by the one it has in the catalog. */
  private final Map<String, String> first = new HashMap<>();

  /** The id that it has in the catalog now, by the one that it had first. */
  private final Map<String, String> newest = new HashMap<>();

  /** The id by which the schema knows what has that one in the catalog. */
  String known(String id) {
    return first.getOrDefault(id, id);
  }

  /** The id that the catalog has for what the schema knows by that one. */
  String inCatalog(String id) {
    return newest.getOrDefault(id, id);
  }

  /**
   * Takes note of what has been made anew.
   *
   * @param before the table as the schema has it
   * @param now as it was read again
   * @param dropped tells of an id of the schema whether the server reported a drop: what vanished
   *     without one and is there again under its name was made anew
   */
  void learn(Table before, Table now, Predicate<String> dropped) {
    Set<String> old = ids(before).collect(Collectors.toSet());
    Set<String> still = ids(now).map(this::known).collect(Collectors.toSet());
    carried(before)
        .filter(gone -> !still.contains(gone.id()) && !dropped.test(gone.id()))
        .forEach(
            gone ->
                carried(now)
                    .filter(twin -> twin.getClass() == gone.getClass())
                    .filter(twin -> twin.name().local().equals(gone.name().local()))
                    .filter(twin -> !old.contains(known(twin.id())))
                    .findFirst()
                    .ifPresent(twin -> first.put(twin.id(), gone.id())));
    // A rollback brings back what was made anew.
    ids(now).forEach(id -> newest.put(known(id), id));
  }

  /** The table with the ids that the schema knows. */
  Table named(Table read) {
    if (first.isEmpty()) {
      return read;
    }
    return read.with(
        read.constraints().stream().map(this::named).toList(),
        read.indexes().stream().map(this::named).toList());
  }

  private Index named(Index i) {
    return new Index(
        known(i.id()),
        i.name(),
        i.table(),
        i.unique(),
        i.primary(),
        i.valid(),
        i.replicaIdentity(),
        i.method(),
        i.columns(),
        i.included(),
        i.ordering(),
        i.predicate(),
        i.definition(),
        known(i.constraint()),
        known(i.parent()),
        i.partitioned(),
        i.storage());
  }

  private Constraint named(Constraint c) {
    return new Constraint(
        known(c.id()),
        c.name(),
        c.table(),
        c.type(),
        c.validated(),
        c.deferrable(),
        c.definition(),
        c.expression(),
        c.columns(),
        c.referencedTable(),
        c.referencedColumns(),
        known(c.index()),
        c.inherited(),
        c.onDelete());
  }

  private static Stream<String> ids(Table table) {
    return carried(table).map(SchemaObject::id);
  }

  private static Stream<TablePart> carried(Table table) {
    return Stream.<List<? extends TablePart>>of(table.constraints(), table.indexes())
        .flatMap(List::stream);
  }
}
