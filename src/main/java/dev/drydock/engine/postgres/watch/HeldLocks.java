package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Lock;
import dev.drydock.replay.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The strongest lock that the open transaction holds on each relation. */
final class HeldLocks {
  private final Map<Long, LockMode> held = new LinkedHashMap<>();

  /** What the transaction holds for something that production would not do in it. */
  private final Map<Long, LockMode> disowned = new HashMap<>();

  /** Those that were told, which are told of statement after statement. */
  private final Map<Long, Lock> told = new HashMap<>();

  private List<Lock> lastTold = List.of();

  /**
   * Takes note of what is held now.
   *
   * @return what is new or stronger than before
   */
  Map<Long, LockMode> take(Map<Long, LockMode> now) {
    Map<Long, LockMode> taken = new LinkedHashMap<>();
    now.forEach(
        (relation, mode) -> {
          if (isMore(mode, held.get(relation)) && isMore(mode, disowned.get(relation))) {
            taken.put(relation, mode);
            held.put(relation, mode);
          }
        });
    return taken;
  }

  /** Takes {@code now} for all that is held, whatever was held before. */
  void replace(Map<Long, LockMode> now) {
    held.clear();
    take(now);
  }

  /** Leaves out from now on what is new or stronger in {@code now}. */
  void disown(Map<Long, LockMode> now) {
    now.forEach(
        (relation, mode) -> {
          if (isMore(mode, held.get(relation))) {
            disowned.merge(relation, mode, LockMode::stronger);
          }
        });
  }

  private static boolean isMore(LockMode mode, LockMode earlier) {
    return earlier == null || mode.compareTo(earlier) > 0;
  }

  /** Forgets all of them, as the end of the transaction does. */
  void clear() {
    held.clear();
    disowned.clear();
  }

  /**
   * Those on what others may use too. On what the change made itself nobody waits, and a list of
   * that for each statement would grow with the square of their number; so would what is not shared
   * between the lists.
   */
  List<Lock> onProduction(LiveSchema schema) {
    List<Lock> locks = new ArrayList<>();
    held.forEach(
        (oid, mode) -> {
          schema
              .relation(oid)
              .filter(Relation::existedBefore)
              .ifPresent(relation -> locks.add(told(oid, mode, relation)));
        });
    if (!locks.equals(lastTold)) {
      lastTold = List.copyOf(locks);
    }
    return lastTold;
  }

  private Lock told(long oid, LockMode mode, Relation relation) {
    Lock known = told.get(oid);
    if (known == null || known.relation() != relation || !known.mode().equals(mode.sql())) {
      known = mode.on(relation);
      told.put(oid, known);
    }
    return known;
  }

  /** The lock on the relation, one of the weakest mode when there is none. */
  Lock on(Relation relation, LiveSchema schema) {
    return held.getOrDefault(schema.oid(relation.id()), LockMode.ACCESS_SHARE).on(relation);
  }
}
