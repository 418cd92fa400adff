package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Relation;
import dev.drydock.replay.ScanReason;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Type;
import dev.drydock.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables that a statement read in full, and why. */
final class Scans {
  /** What is true of rows by themselves, without an index that keeps it so. */
  private static final Set<Constraint.Type> PROVED =
      Set.of(Constraint.Type.CHECK, Constraint.Type.FOREIGN_KEY, Constraint.Type.NOT_NULL);

  private static final Set<String> QUERIES =
      Set.of(
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "COPY",
          "EXPLAIN",
          "VALUES",
          "WITH",
          "TABLE",
          "CREATE TABLE AS",
          "SELECT INTO",
          "CREATE MATERIALIZED VIEW",
          "REFRESH MATERIALIZED VIEW",
          "EXECUTE",
          "FETCH",
          "DECLARE CURSOR",
          "ANALYZE");

  private final Statement statement;
  private final Observer observer;
  private final Delta delta;
  private final Schema after;
  private final List<SchemaChange> changes;
  private final Causes causes;

  /**
   * @param changes what the statement changed in the schema
   */
  Scans(
      Statement statement,
      Observer observer,
      Delta delta,
      List<SchemaChange> changes,
      Causes causes) {
    this.statement = statement;
    this.observer = observer;
    this.delta = delta;
    this.after = observer.schema().current();
    this.changes = changes;
    this.causes = causes;
  }

  /**
   * One for each scan that began. One that was part of a rewrite counts only for what it checks.
   *
   * @param rewritten ids of relations that were rewritten
   */
  List<Effect> effects(Set<String> rewritten) {
    List<Effect> scans = new ArrayList<>();
    delta
        .scans()
        .forEach(
            (oid, count) ->
                observer
                    .schema()
                    .relation(oid)
                    .filter(relation -> !relation.isIndex())
                    .filter(relation -> !isLookedUp(relation))
                    .ifPresent(
                        relation -> {
                          if (rewritten.contains(relation.id())) {
                            // The pass that writes the rows anew is the one that checks them.
                            if (proves(relation)) {
                              scans.add(scan(oid, relation, ScanReason.VALIDATION));
                            }
                            return;
                          }
                          scans.add(scan(oid, relation, reason(relation)));
                          // What is attached may have indexes to get and a bound to keep to, and
                          // one ALTER TABLE may build an index and prove something else.
                          if (buildsIndex(relation)
                              && count > indexesBuilt(relation)
                              && (becamePartition(relation) || proves(relation))) {
                            scans.add(scan(oid, relation, ScanReason.VALIDATION));
                          }
                        }));
    return scans;
  }

  /**
   * Whether the statement changed nothing of the relation and a foreign key leads to it from a
   * table it changed: to check that key, the server looks its values up there. How, and that it may
   * be by reading all, is the planner's choice and follows from how many rows there are here.
   */
  private boolean isLookedUp(Relation relation) {
    Set<String> changed =
        changes.stream()
            .flatMap(change -> Causes.tableOf(change).stream())
            .collect(Collectors.toSet());
    return reason(relation) == ScanReason.VALIDATION
        && !changed.contains(relation.id())
        && changed.stream()
            .flatMap(id -> after.table(id).stream())
            .flatMap(table -> table.constraints().stream())
            .anyMatch(constraint -> constraint.referencedTable().equals(relation.id()));
  }

  /** How many indexes the relation got, or got anew; one under a name that went is both. */
  private long indexesBuilt(Relation relation) {
    Stream<String> created =
        changes.stream()
            .filter(change -> change.event() == SchemaChange.Event.CREATED)
            .map(SchemaChange::object)
            .filter(object -> object instanceof Index i && i.table().equals(relation.id()))
            .map(SchemaObject::id);
    return Stream.concat(created, rebuilt(relation).stream().map(Index::id)).distinct().count();
  }

  private List<Index> rebuilt(Relation relation) {
    return delta
        .before()
        .table(relation.id())
        .flatMap(before -> after.table(relation.id()).map(now -> Effects.rebuilt(before, now)))
        .orElse(List.of());
  }

  /** Whether something became true of every row that no index keeps: a NOT NULL, a check, a key. */
  private boolean proves(Relation relation) {
    return changes.stream()
        .anyMatch(
            change ->
                switch (change.object()) {
                  case Constraint c ->
                      PROVED.contains(c.type())
                          && c.table().equals(relation.id())
                          && isNewlyTrue(change, Constraint::validated, Constraint.class)
                          && !comesWithColumn(c);
                  case Column c ->
                      c.table().equals(relation.id())
                          && change.event() == SchemaChange.Event.ALTERED
                          && isNewlyTrue(change, Column::notNull, Column.class);
                  default -> false;
                });
  }

  /** Whether it is the NOT NULL of a new column, of which the catalog tells from 18 on. */
  private boolean comesWithColumn(Constraint constraint) {
    return constraint.type() == Constraint.Type.NOT_NULL
        && changes.stream()
            .filter(change -> change.event() == SchemaChange.Event.CREATED)
            .anyMatch(
                change ->
                    change.object() instanceof Column column
                        && column.table().equals(constraint.table())
                        && constraint.columns().contains(column.name().local()));
  }

  private static <T extends SchemaObject> boolean isNewlyTrue(
      SchemaChange change, Predicate<T> fact, Class<T> type) {
    return change.after().map(type::cast).filter(fact).isPresent()
        && change.before().map(type::cast).filter(fact).isEmpty();
  }

  private boolean becamePartition(Relation relation) {
    return !delta.before().table(relation.id()).map(Table::isPartition).orElse(true)
        && after.table(relation.id()).map(Table::isPartition).orElse(false);
  }

  private Effect scan(long oid, Relation relation, ScanReason reason) {
    Optional<DdlEvent> scanning = causes.scanning(oid);
    return new Effect.TableScanned(
        relation,
        scanning
            .map(event -> event.held().get(oid).on(relation))
            .orElseGet(() -> observer.strongest(relation)),
        reason,
        scanning
            .flatMap(causes::of)
            // ATTACH PARTITION names the table above, not the one it reads.
            .or(() -> causes.relationCause(oid))
            .or(
                () ->
                    Optional.ofNullable(delta.locks().get(oid))
                        .flatMap(mode -> causes.lockCause(oid, mode))));
  }

  /** Why the statement reads the relation. */
  ScanReason reason(Relation relation) {
    if (buildsIndex(relation)) {
      return ScanReason.INDEX_BUILD;
    }
    if (delta.events().isEmpty()) {
      return ScanReason.QUERY;
    }
    // A block, or a function that a query calls, may do both: the lock tells whether the table was
    // altered or only read and written.
    boolean nested = delta.events().stream().anyMatch(DdlEvent::isNested);
    if (!nested && QUERIES.contains(statement.syntax().command())) {
      return ScanReason.QUERY;
    }
    return nested && !(isAltered(Long.parseLong(relation.id())) && demands(relation))
        ? ScanReason.QUERY
        : ScanReason.VALIDATION;
  }

  /** Whether a lock is held that no query asks for: by the statement, or one before it. */
  private boolean isAltered(long oid) {
    return Stream.concat(
            Stream.of(delta.locks()),
            delta.events().stream().filter(e -> e.context().isPresent()).map(DdlEvent::held))
        .flatMap(locks -> Optional.ofNullable(locks.get(oid)).stream())
        .anyMatch(mode -> mode.compareTo(LockMode.ROW_EXCLUSIVE) > 0);
  }

  /** Whether something changed that has to be proved of every row. */
  private boolean demands(Relation relation) {
    return changes.stream()
        .filter(change -> change.event() != SchemaChange.Event.DROPPED)
        .anyMatch(
            change ->
                switch (change.object()) {
                  case Constraint constraint ->
                      isNewlyTrue(change, Constraint::validated, Constraint.class)
                          && (constraint.table().equals(relation.id())
                              || constraint.referencedTable().equals(relation.id()));
                  case Column column ->
                      column.table().equals(relation.id())
                              && (isNewlyTrue(change, Column::notNull, Column.class)
                                  || isOther(change, Column::collation, Column.class))
                          || (column.table().equals(relation.id()) || isPointedTo(column, relation))
                              && isOther(change, Column::type, Column.class);
                  case Table table ->
                      isOther(change, Table::isPartition, Table.class) || isBeside(table, relation);
                  case Type type -> true;
                  default -> false;
                });
  }

  private static <T extends SchemaObject> boolean isOther(
      SchemaChange change, Function<T, ?> fact, Class<T> type) {
    return change.before().isPresent()
        && !change
            .before()
            .map(type::cast)
            .map(fact)
            .equals(change.after().map(type::cast).map(fact));
  }

  /** Whether a foreign key leads from the relation to the column. */
  private boolean isPointedTo(Column column, Relation relation) {
    return after.table(relation.id()).stream()
        .flatMap(table -> table.constraints().stream())
        .anyMatch(
            key ->
                key.referencedTable().equals(column.table())
                    && key.referencedColumns().contains(column.name().local()));
  }

  /** Whether {@code added} is a partition beside the DEFAULT one, which has to be read for it. */
  private boolean isBeside(Table added, Relation relation) {
    return added.isPartition()
        && added.parents().stream()
            .flatMap(parent -> after.table(parent).stream())
            .anyMatch(parent -> parent.defaultPartition().equals(relation.id()));
  }

  private boolean buildsIndex(Relation relation) {
    return indexesBuilt(relation) > 0;
  }
}
