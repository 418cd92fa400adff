package dev.drydock.facts;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds pairs of migrations whose transactions lock the same two tables in opposite order. */
final class LockOrder {
  private LockOrder() {}

  /** One table locked after another in one transaction, and the statement that did the second. */
  private record Pair(String first, String second) {
    Pair reversed() {
      return new Pair(second, first);
    }
  }

  private record Taken(String table, Observation observation) {}

  /** One subject at most for each migration: the first pair, and how many more there are. */
  static List<Subject> subjects(ReplayedHistory replayed) {
    List<Subject> subjects = new ArrayList<>();
    Map<Pair, Observation> seen = new LinkedHashMap<>();
    for (ReplayedMigration migration : replayed.migrations()) {
      Map<Pair, Observation> own = pairs(migration);
      List<Pair> opposite =
          own.keySet().stream().filter(p -> seen.containsKey(p.reversed())).toList();
      if (!opposite.isEmpty()) {
        Pair pair = opposite.getFirst();
        Pair before = pair.reversed();
        subjects.add(subject(before, seen.get(before), own.get(pair), opposite.size()));
      }
      own.forEach(seen::putIfAbsent);
    }
    return subjects;
  }

  private static Map<Pair, Observation> pairs(ReplayedMigration migration) {
    Map<Pair, Observation> pairs = new LinkedHashMap<>();
    Map<Integer, List<Taken>> byTransaction = new LinkedHashMap<>();
    for (Observation observation : migration.observations()) {
      for (String table : strongLocks(observation)) {
        List<Taken> taken =
            byTransaction.computeIfAbsent(observation.transaction(), unused -> new ArrayList<>());
        for (Taken earlier : taken) {
          // Within one statement the order is the server's own and the same every time.
          if (earlier.observation() != observation && !earlier.table().equals(table)) {
            pairs.putIfAbsent(new Pair(earlier.table(), table), observation);
          }
        }
        if (taken.stream().noneMatch(t -> t.table().equals(table))) {
          taken.add(new Taken(table, observation));
        }
      }
    }
    return pairs;
  }

  private static List<String> strongLocks(Observation observation) {
    return observation.effects().stream()
        .filter(Effect.LockTaken.class::isInstance)
        .map(effect -> ((Effect.LockTaken) effect).lock())
        .filter(lock -> lock.blocksWrites() && lock.relation().existedBefore())
        .filter(lock -> lock.relation().kind().endsWith("table"))
        .map(Lock::relation)
        .map(relation -> relation.name().toString())
        .toList();
  }

  private static Subject subject(Pair pair, Observation earlier, Observation later, int count) {
    return new Subject(
        "deadlock",
        new DeadlockFacts(
            pair.first(),
            pair.second(),
            earlier.statement().migration().file().path().toString(),
            later.statement().migration().file().path().toString(),
            count),
        pair.first() + ", " + pair.second(),
        later.statement().location(),
        Optional.empty(),
        Optional.of(later.statement().migration().file()),
        later.statement().text(),
        Optional.empty(),
        Optional.empty(),
        new Evidences(later).of(Optional.empty()),
        List.of(
            new Subject.Place(earlier.statement().location(), "the other order is taken here")));
  }
}
