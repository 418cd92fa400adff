package dev.drydock.facts.mapping;

import dev.drydock.facts.DeadlockFacts;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where transactions lock tables, to find pairs of migrations that lock the same two in opposite
 * order. Of each table it has the places alone: their pairs would be as many as their square.
 */
final class LockOrder {
  /** By table, the places in each transaction, in order. */
  private final Map<String, Map<Transaction, List<Taken>>> byTable = new HashMap<>();

  private LockOrder() {}

  /**
   * A transaction, or the part of it that is in one migration.
   *
   * @param migration its index
   */
  private record Transaction(int migration, int number) {}

  /**
   * A lock on a table, the first one or a stronger one.
   *
   * @param observation index of the statement that took it, among those of its migration
   * @param closes whether readers wait for it too
   */
  private record Taken(Transaction transaction, String table, int observation, boolean closes) {}

  /** One subject at most for each migration: the first pair, and how many more there are. */
  static List<Subject> subjects(ReplayedHistory replayed) {
    List<Subject> subjects = new ArrayList<>();
    LockOrder seen = new LockOrder();
    for (int i = 0; i < replayed.migrations().size(); i++) {
      LockOrder own = new LockOrder();
      List<Taken> taken = taken(i, replayed.migrations().get(i));
      taken.forEach(own::add);
      own.opposite(taken, seen, replayed).ifPresent(subjects::add);
      taken.forEach(seen::add);
    }
    return subjects;
  }

  /** What is taken in transactions that lock several tables. */
  private static List<Taken> taken(int index, ReplayedMigration migration) {
    Map<Transaction, List<Taken>> all = new LinkedHashMap<>();
    for (int i = 0; i < migration.observations().size(); i++) {
      Observation observation = migration.observations().get(i);
      Transaction transaction = new Transaction(index, observation.transaction());
      for (Map.Entry<String, Boolean> lock : strongLocks(observation).entrySet()) {
        all.computeIfAbsent(transaction, unused -> new ArrayList<>())
            .add(new Taken(transaction, lock.getKey(), i, lock.getValue()));
      }
    }
    return all.values().stream()
        .filter(list -> list.stream().map(Taken::table).distinct().count() > 1)
        .flatMap(List::stream)
        .toList();
  }

  private void add(Taken taken) {
    byTable
        .computeIfAbsent(taken.table(), unused -> new LinkedHashMap<>())
        .computeIfAbsent(taken.transaction(), unused -> new ArrayList<>())
        .add(taken);
  }

  /** The first lock on {@code second} in a transaction that locked {@code first} before. */
  private Optional<Taken> after(String first, String second) {
    Map<Transaction, List<Taken>> others = byTable.getOrDefault(second, Map.of());
    for (List<Taken> places : byTable.getOrDefault(first, Map.of()).values()) {
      Taken since = places.getFirst();
      for (Taken later : others.getOrDefault(since.transaction(), List.of())) {
        // Within one statement the order is the server's own and the same every time.
        if (later.observation() > since.observation()) {
          return Optional.of(later);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The first pair of {@code taken}, which are all of these, that is in the other order in {@code
   * seen}, and how many there are. Of several tables that are closed one after the other a finding
   * of its own tells, with what that means for whoever follows another order.
   */
  private Optional<Subject> opposite(List<Taken> taken, LockOrder seen, ReplayedHistory replayed) {
    Taken first = null;
    Taken before = null;
    int count = 0;
    Map<Transaction, Map<String, Boolean>> locked = new HashMap<>();
    for (Taken later : taken) {
      if (!seen.byTable.containsKey(later.table())) {
        continue;
      }
      Map<String, Boolean> earlier =
          locked.computeIfAbsent(later.transaction(), unused -> new LinkedHashMap<>());
      for (Map.Entry<String, Boolean> lock : earlier.entrySet()) {
        if (lock.getValue() && later.closes()) {
          continue;
        }
        String table = lock.getKey();
        Optional<Taken> other = seen.after(later.table(), table);
        if (other.isPresent() && after(table, later.table()).filter(later::equals).isPresent()) {
          first = count == 0 ? later : first;
          before = count == 0 ? other.get() : before;
          count++;
        }
      }
      earlier.merge(later.table(), later.closes(), Boolean::logicalOr);
    }
    return count == 0 ? Optional.empty() : Optional.of(subject(before, first, count, replayed));
  }

  /** The tables that writers wait for, and whether readers do too. */
  private static Map<String, Boolean> strongLocks(Observation observation) {
    Map<String, Boolean> locks = new LinkedHashMap<>();
    observation
        .locksTaken()
        .filter(lock -> lock.blocksWrites() && lock.relation().existedBefore())
        .filter(lock -> lock.relation().isTable())
        .forEach(
            lock ->
                locks.merge(
                    lock.relation().name().toString(), lock.blocksReads(), Boolean::logicalOr));
    return locks;
  }

  private static Observation observation(Taken taken, ReplayedHistory replayed) {
    return replayed
        .migrations()
        .get(taken.transaction().migration())
        .observations()
        .get(taken.observation());
  }

  private static Subject subject(Taken before, Taken now, int count, ReplayedHistory replayed) {
    Observation earlier = observation(before, replayed);
    Observation later = observation(now, replayed);
    return new Subject(
        "deadlock",
        new DeadlockFacts(
            now.table(),
            before.table(),
            earlier.statement().migration().file().path().toString(),
            later.statement().migration().file().path().toString(),
            count),
        now.table() + ", " + before.table(),
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
