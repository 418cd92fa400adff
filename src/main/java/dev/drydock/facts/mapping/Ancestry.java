package dev.drydock.facts.mapping;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The tables above others, as partitions and inheritance put them, and the locks a statement holds
 * on them: what befalls all partitions of a table befalls the table.
 */
final class Ancestry {
  private final Schema schema;
  private final Function<String, Optional<Table>> tables;
  private final Map<String, Lock> held = new HashMap<>();
  private final Map<String, Set<String>> above = new HashMap<>();
  private final Map<String, Set<String>> storedBelow = new HashMap<>();

  /** Ids of the relations that a rewrite for a reason befell, and of those a scan did. */
  private final Map<Object, Set<String>> together = new HashMap<>();

  /** The tables right below a table, filled when they are first asked for. */
  private Optional<Map<String, List<Table>>> children = Optional.empty();

  /**
   * @param tables the table with an id, also of one that is gone
   */
  Ancestry(Observation observation, Function<String, Optional<Table>> tables) {
    this.schema = observation.schema();
    this.tables = tables;
    observation.heldBefore().forEach(lock -> held.put(lock.relation().id(), lock));
    for (Effect effect : observation.effects()) {
      switch (effect) {
        case Effect.LockTaken taken -> held.put(taken.lock().relation().id(), taken.lock());
        case Effect.TableRewritten rewrite ->
            together(rewrite.reason()).add(rewrite.relation().id());
        case Effect.TableScanned scan -> together(scan.reason()).add(scan.relation().id());
        case Effect.RowsChanged unused -> {}
        case Effect.SchemaChanged unused -> {}
        case Effect.WorkedUnderLock unused -> {}
        case Effect.TablesClosed unused -> {}
      }
    }
  }

  private Set<String> together(Object reason) {
    return together.computeIfAbsent(reason, unused -> new HashSet<>());
  }

  /** Whether a table above is locked no less. */
  boolean cameDown(Lock lock) {
    return above(lock.relation().id()).stream().anyMatch(id -> isLockedLike(id, lock));
  }

  /** The lock of the table that stands for a rewritten one, when it was rewritten as a whole. */
  Optional<Lock> whole(Effect.TableRewritten rewrite) {
    return whole(rewrite.lock(), together(rewrite.reason()));
  }

  /** The lock of the table that stands for a scanned one, when it was scanned as a whole. */
  Optional<Lock> whole(Effect.TableScanned scan) {
    return whole(scan.lock(), together(scan.reason()));
  }

  /**
   * The lock on the highest table above that is locked no less and that has no rows elsewhere than
   * in {@code together}.
   *
   * @param lock on the relation that it is asked for
   * @param together ids of the relations that the same befell
   */
  private Optional<Lock> whole(Lock lock, Set<String> together) {
    return above(lock.relation().id()).stream()
        .filter(id -> isLockedLike(id, lock))
        .filter(id -> together.containsAll(storedBelow(id)))
        .reduce((nearer, higher) -> higher)
        .map(held::get);
  }

  private boolean isLockedLike(String id, Lock lock) {
    Lock other = held.get(id);
    // What the change put above a table of production does not stand for it.
    return other != null
        && (other.relation().existedBefore() || !lock.relation().existedBefore())
        && (other.blocksReads() || !lock.blocksReads())
        && (other.blocksWrites() || !lock.blocksWrites());
  }

  /** Ids of the tables above, the nearest first. */
  private Set<String> above(String id) {
    return above.computeIfAbsent(id, this::findAbove);
  }

  private Set<String> findAbove(String id) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(id));
    while (!open.isEmpty()) {
      tables.apply(open.pop()).stream()
          .flatMap(table -> table.parents().stream())
          .filter(found::add)
          .forEach(open::add);
    }
    return found;
  }

  /** Ids of the tables with rows of their own that are this one or below it. */
  private Set<String> storedBelow(String id) {
    return storedBelow.computeIfAbsent(id, this::findStoredBelow);
  }

  private Set<String> findStoredBelow(String id) {
    Set<String> seen = new HashSet<>();
    Set<String> stored = new HashSet<>();
    Deque<Table> open = new ArrayDeque<>();
    schema.table(id).ifPresent(open::add);
    while (!open.isEmpty()) {
      Table table = open.pop();
      if (seen.add(table.id())) {
        if (table.kind() == Table.Kind.TABLE) {
          stored.add(table.id());
        }
        open.addAll(children().getOrDefault(table.id(), List.of()));
      }
    }
    return stored;
  }

  private Map<String, List<Table>> children() {
    if (children.isEmpty()) {
      Map<String, List<Table>> found = new HashMap<>();
      schema
          .tables()
          .forEach(
              table ->
                  table
                      .parents()
                      .forEach(
                          parent ->
                              found
                                  .computeIfAbsent(parent, unused -> new ArrayList<>())
                                  .add(table)));
      children = Optional.of(found);
    }
    return children.get();
  }

  /** The relation that stands for {@code relation}: the table above when all of it is concerned. */
  static Relation standsFor(Relation relation, Optional<Lock> whole) {
    return whole.map(Lock::relation).orElse(relation);
  }
}
