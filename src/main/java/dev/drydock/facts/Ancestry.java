package dev.drydock.facts;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

  /**
   * @param tables the table with an id, also of one that is gone
   */
  Ancestry(Observation observation, Function<String, Optional<Table>> tables) {
    this.schema = observation.schema();
    this.tables = tables;
    observation.heldBefore().forEach(lock -> held.put(lock.relation().id(), lock));
    for (Effect effect : observation.effects()) {
      if (effect instanceof Effect.LockTaken taken) {
        held.put(taken.lock().relation().id(), taken.lock());
      }
    }
  }

  /** Whether a table above is locked no less. */
  boolean cameDown(Lock lock) {
    return above(lock.relation().id()).stream().anyMatch(id -> isLockedLike(id, lock));
  }

  /**
   * The lock on the highest table above that is locked no less and that has no rows elsewhere than
   * in {@code together}.
   *
   * @param lock on the relation that it is asked for
   * @param together ids of the relations that the same befell
   */
  Optional<Lock> whole(Lock lock, Collection<String> together) {
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
  private List<String> above(String id) {
    Set<String> found = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(id));
    while (!open.isEmpty()) {
      tables.apply(open.removeFirst()).stream()
          .flatMap(table -> table.parents().stream())
          .filter(found::add)
          .forEach(open::add);
    }
    return List.copyOf(found);
  }

  /** Ids of the tables with rows of their own that are this one or below it. */
  private List<String> storedBelow(String id) {
    return schema
        .tables()
        .filter(table -> table.kind() == Table.Kind.TABLE)
        .map(Table::id)
        .filter(table -> table.equals(id) || above(table).contains(id))
        .toList();
  }

  /** The relation that stands for {@code relation}: the table above when all of it is concerned. */
  static Relation standsFor(Relation relation, Optional<Lock> whole) {
    return whole.map(Lock::relation).orElse(relation);
  }
}
