package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Relation;
import dev.drydock.source.Location;
import dev.drydock.sql.BlockStatements;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds work on rows that a block or function did after it had closed a table itself.
 *
 * <p>Each DDL command inside reports, as it ends, which locks are held and what the counters say. A
 * table that is closed then and still is when the block ends was closed in between, so what the
 * counters rose by since is work that others wait for. A data change reports nothing: where it
 * stands is looked for in the text of the block, after the command that reported last.
 *
 * <p>A procedure that commits gives its locks back and reports nothing of it. Then two reports of
 * one transaction in which the table is closed say the same of what lies between them; what comes
 * after the last report of a transaction is not seen.
 */
final class NestedWork {
  private static final Set<String> READS_ALL_ROWS =
      Set.of("ALTER TABLE", "CREATE INDEX", "CREATE TABLE");

  /** So many that stand in the block are written as quickly in production. */
  private static final long FEW_ROWS = 100;

  private final Statement statement;
  private final Observer observer;
  private final Delta delta;
  private final Predicate<Relation> scannedByCommand;
  private final Causes causes;
  private final List<BlockStatements.Writing> written;
  private final Map<Long, Lock> closed = new LinkedHashMap<>();
  private final List<Work> works = new ArrayList<>();

  private record Work(Relation relation, List<Lock> held, Cause cause) {}

  private NestedWork(
      Statement statement, Observer observer, Delta delta, Predicate<Relation> scannedByCommand) {
    this.statement = statement;
    this.observer = observer;
    this.delta = delta;
    this.scannedByCommand = scannedByCommand;
    this.causes = new Causes(statement, observer, delta);
    this.written = writtenIn(statement);
  }

  /**
   * The first such work of the statement.
   *
   * @param scannedByCommand whether a DDL command, and no query, read all rows of a relation
   */
  static Optional<Effect> of(
      Statement statement, Observer observer, Delta delta, Predicate<Relation> scannedByCommand) {
    boolean nested = delta.events().stream().anyMatch(DdlEvent::isNested);
    if (!nested) {
      return Optional.empty();
    }
    NestedWork work = new NestedWork(statement, observer, delta, scannedByCommand);
    work.look();
    return work.works.stream()
        .findFirst()
        .map(
            first ->
                new Effect.WorkedUnderLock(
                    first.relation(),
                    first.held(),
                    work.works.stream().map(Work::cause).distinct().count(),
                    Optional.of(first.cause())));
  }

  /** The data changes that the text of a DO block or of a query with WITH has. */
  static List<BlockStatements.Writing> writtenIn(Statement statement) {
    return statement.syntax().command().equals("DO")
        ? BlockStatements.of(statement.text())
        : BlockStatements.ofQuery(statement.text());
  }

  /** A data change in the text of a block, as the cause of what it did. */
  static Cause cause(Statement statement, BlockStatements.Writing change) {
    return new Cause(change.command(), change.sql(), "", 0, Optional.of(place(statement, change)));
  }

  private static Location place(Statement statement, BlockStatements.Writing change) {
    return statement.location(change.start(), change.end());
  }

  private void look() {
    DdlEvent last = null;
    for (DdlEvent event : delta.events()) {
      if (!event.isNested()) {
        continue;
      }
      if (last != null && !isOneTransaction(last, event)) {
        closed.clear();
        last = null;
      }
      if (event.kind() == DdlEvent.Kind.REWRITE) {
        if (!closed.isEmpty()) {
          observer
              .tableOfProduction(event.object())
              .ifPresent(relation -> add(relation, causes.of(event)));
        }
        continue;
      }
      closed.keySet().removeIf(oid -> !isHeld(oid, event));
      if (last != null && !closed.isEmpty()) {
        between(last, event.writing(), event.counted(), Optional.of(event));
      }
      close(event);
      last = event;
    }
    if (last != null && !closed.isEmpty() && delta.oneTransaction()) {
      between(last, delta.writing(), delta.counted(), Optional.empty());
    }
  }

  private boolean isOneTransaction(DdlEvent one, DdlEvent other) {
    return delta.oneTransaction() || one.transaction().equals(other.transaction());
  }

  /** Whether the table stays closed: to the end, or as far as can be told. */
  private boolean isHeld(long oid, DdlEvent event) {
    return (delta.oneTransaction() ? delta.locks() : event.held()).get(oid)
        == LockMode.ACCESS_EXCLUSIVE;
  }

  /** Takes in the tables that this command or one before it closed and that stay closed. */
  private void close(DdlEvent event) {
    event
        .held()
        .forEach(
            (oid, mode) -> {
              if (mode == LockMode.ACCESS_EXCLUSIVE && isHeld(oid, event)) {
                observer
                    .tableOfProduction(oid)
                    .ifPresent(relation -> closed.put(oid, mode.on(relation)));
              }
            });
  }

  /**
   * Looks at what happened between two reports.
   *
   * @param next the command that the later report is of; absent at the end of the statement
   */
  private void between(
      DdlEvent last, Set<Long> writing, Map<Long, Counts> counted, Optional<DdlEvent> next) {
    List<Relation> changed = new ArrayList<>();
    for (long oid : new TreeSet<>(counted.keySet())) {
      Counts since = counted.get(oid).since(last.counted().getOrDefault(oid, Counts.NONE));
      boolean writes = writing.contains(oid) && !last.writing().contains(oid);
      if (writes || since.ofWrites()) {
        if (statement.syntax().has(Syntax.Flag.WRITTEN_OUT) && since.inserted() <= FEW_ROWS) {
          continue;
        }
        observer.tableOfProduction(oid).ifPresent(changed::add);
      } else if (since.scans() > 0
          && next.isPresent()
          && READS_ALL_ROWS.contains(next.get().tag())) {
        observer
            .tableOfProduction(oid)
            .filter(scannedByCommand)
            .ifPresent(r -> add(r, causes.of(next.get())));
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    List<Work> named = new ArrayList<>();
    for (Relation relation : changed) {
      writtenAfter(last, relation)
          .ifPresent(change -> named.add(work(relation, cause(statement, change))));
    }
    works.addAll(named.isEmpty() ? List.of(work(changed.getFirst(), unnamed(last))) : named);
  }

  private Optional<BlockStatements.Writing> writtenAfter(DdlEvent last, Relation relation) {
    List<BlockStatements.Writing> all =
        written.stream().filter(w -> w.table().equals(relation.name().local())).toList();
    Optional<Location> end = NestedSource.locate(statement, last.context().orElseThrow());
    return all.stream()
        .filter(w -> end.isPresent() && place(statement, w).compareTo(end.get()) > 0)
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /** A data change that the block put together, or that a function made. */
  private Cause unnamed(DdlEvent last) {
    DdlEvent.Context context = last.context().orElseThrow();
    return new Cause(
        statement.syntax().command(),
        "",
        context.function(),
        context.line(),
        NestedSource.locate(statement, context));
  }

  private void add(Relation relation, Optional<Cause> cause) {
    cause.ifPresent(command -> works.add(work(relation, command)));
  }

  private Work work(Relation relation, Cause cause) {
    return new Work(relation, List.copyOf(closed.values()), cause);
  }
}
