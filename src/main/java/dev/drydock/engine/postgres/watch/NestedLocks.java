package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Relation;
import dev.drydock.sql.Statement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the tables that a block or function closed one after the other.
 *
 * <p>Each DDL command inside reports, as it ends, which locks are held. What is closed in a report
 * for the first time was closed by its command; what is missing in a later one was given back in
 * between, by a COMMIT of a procedure or by an exception that was caught.
 */
final class NestedLocks {
  private final Observer observer;
  private final Map<Relation, DdlEvent> closedBy = new LinkedHashMap<>();
  private List<Relation> most = List.of();
  private long commands;
  private Optional<DdlEvent> last = Optional.empty();

  private NestedLocks(Observer observer) {
    this.observer = observer;
  }

  /** The most tables that were closed at once; nothing when one command closed them. */
  static Optional<Effect> of(Statement statement, Observer observer, Delta delta) {
    NestedLocks locks = new NestedLocks(observer);
    delta.events().stream()
        // What rewrites a table reports while it works, and again as it ends.
        .filter(event -> event.isNested() && event.kind() != DdlEvent.Kind.REWRITE)
        .forEach(locks::look);
    return locks.last.map(
        event ->
            new Effect.TablesClosed(
                locks.held(), locks.commands, new Causes(statement, observer, delta).of(event)));
  }

  private void look(DdlEvent event) {
    List<Relation> closed =
        event.held().entrySet().stream()
            .filter(lock -> lock.getValue() == LockMode.ACCESS_EXCLUSIVE)
            .flatMap(lock -> observer.tableOfProduction(lock.getKey()).stream())
            .sorted(Comparator.comparing(relation -> relation.name().toString()))
            .toList();
    closedBy.keySet().retainAll(closed);
    closed.forEach(relation -> closedBy.putIfAbsent(relation, event));
    long several = closedBy.values().stream().map(DdlEvent::context).distinct().count();
    if (several > 1 && closedBy.size() > most.size()) {
      most = List.copyOf(closedBy.keySet());
      commands = several;
      last = Optional.of(event);
    }
  }

  private List<Lock> held() {
    return most.stream().map(LockMode.ACCESS_EXCLUSIVE::on).toList();
  }
}
