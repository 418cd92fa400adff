package dev.drydock.engine.postgres;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Evidence;
import dev.drydock.replay.Relation;
import dev.drydock.replay.ScanReason;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaDiff;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Type;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the effects of one statement off what the observer saw change. */
final class Effects {
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
  private final Causes causes;
  private final List<SchemaChange> changes;
  private final Map<String, DdlEvent> eventOfObject = new HashMap<>();
  private final Set<String> rewritten = new HashSet<>();

  private Effects(Statement statement, Observer observer, Delta delta) {
    this.statement = statement;
    this.observer = observer;
    this.delta = delta;
    this.after = observer.schema().current();
    this.causes = new Causes(statement, observer, delta);
    Set<String> dropped = new HashSet<>();
    for (DdlEvent event : delta.events()) {
      if (event.object() > 0) {
        eventOfObject.putIfAbsent(event.schemaId(), event);
        if (event.kind().equals("drop")) {
          dropped.add(event.schemaId());
        }
      }
    }
    this.changes = SchemaDiff.between(delta.before(), after, delta.touched(), dropped::contains);
  }

  /**
   * The effects, in the order of kind: locks, rewrites, scans, schema changes, rows, work, closed
   * tables.
   */
  static List<Effect> of(Statement statement, Observer observer, Delta delta) {
    Effects effects = new Effects(statement, observer, delta);
    List<Effect> list = new ArrayList<>(effects.locks());
    list.addAll(effects.rewrites());
    list.addAll(effects.scans());
    list.addAll(effects.schemaChanges());
    list.addAll(effects.rows());
    NestedWork.of(
            statement, observer, delta, relation -> effects.reason(relation) != ScanReason.QUERY)
        .ifPresent(list::add);
    NestedLocks.of(statement, observer, delta).ifPresent(list::add);
    return list;
  }

  private List<Effect> locks() {
    List<Effect> locks = new ArrayList<>();
    delta
        .locks()
        .forEach(
            (oid, mode) ->
                observer
                    .schema()
                    .relation(oid)
                    .ifPresent(
                        relation ->
                            locks.add(
                                new Effect.LockTaken(
                                    mode.on(relation),
                                    Evidence.OBSERVED,
                                    causes.lockCause(oid, mode)))));
    locks.sort(
        Comparator.comparing((Effect lock) -> ((Effect.LockTaken) lock).lock().relation().name()));
    return locks;
  }

  private List<Effect> rewrites() {
    List<Effect> rewrites = new ArrayList<>();
    for (String id : delta.touched()) {
      Optional<Table> before = delta.before().table(id);
      Optional<Table> now = after.table(id);
      if (before.isEmpty() || now.isEmpty()) {
        continue;
      }
      boolean table = !before.get().storage().equals(now.get().storage());
      if (table) {
        rewritten.add(id);
        rewrites.add(rewrite(id, now.get()));
      } else {
        for (Index index : rebuilt(before.get(), now.get())) {
          rewritten.add(index.id());
          rewrites.add(rewrite(index.id(), now.get()));
        }
      }
    }
    return rewrites;
  }

  /** Indexes that are still there under their name and whose entries stand in another file. */
  private static List<Index> rebuilt(Table before, Table now) {
    List<Index> rebuilt = new ArrayList<>();
    for (Index index : now.indexes()) {
      for (Index old : before.indexes()) {
        if (old.name().equals(index.name()) && !old.storage().equals(index.storage())) {
          rebuilt.add(index);
        }
      }
    }
    return rebuilt;
  }

  private Effect rewrite(String id, Table table) {
    Relation relation = observer.schema().relation(Long.parseLong(id)).orElseThrow();
    Optional<DdlEvent> event =
        delta.events().stream()
            .filter(
                e -> e.kind().equals("rewrite") && String.valueOf(e.object()).equals(table.id()))
            .findFirst();
    String reason =
        event
            .map(DdlEvent::reasonText)
            .orElseGet(
                () ->
                    switch (statement.syntax().command()) {
                      case "TRUNCATE TABLE" -> "truncate";
                      case "CLUSTER" -> "cluster";
                      case "VACUUM" -> "vacuum full";
                      case "REFRESH MATERIALIZED VIEW" -> "refresh";
                      case "REINDEX" -> "reindex";
                      default ->
                          nestedReason(id)
                              .orElseGet(
                                  () ->
                                      tablespaceMoved(table)
                                          ? "tablespace"
                                          : truncated(table) ? "truncate" : "");
                    });
    return new Effect.TableRewritten(
        relation,
        observer.strongest(relation),
        reason,
        Evidence.OBSERVED,
        event.flatMap(causes::of).or(() -> causes.relationCause(Long.parseLong(id))));
  }

  /** What a command in a block says of itself; REINDEX does from 17 on. */
  private Optional<String> nestedReason(String id) {
    return delta.events().stream()
        .filter(event -> String.valueOf(event.object()).equals(id))
        .flatMap(
            event ->
                switch (event.tag()) {
                  case "REFRESH MATERIALIZED VIEW" -> Stream.of("refresh");
                  case "REINDEX" -> Stream.of("reindex");
                  default -> Stream.empty();
                })
        .findFirst();
  }

  private boolean tablespaceMoved(Table now) {
    return delta
        .before()
        .table(now.id())
        .map(old -> !old.tablespace().equals(now.tablespace()))
        .orElse(false);
  }

  /** A TRUNCATE in a block leaves no event: a new file with no ALTER TABLE that explains it. */
  private boolean truncated(Table table) {
    return delta.events().stream().noneMatch(e -> String.valueOf(e.object()).equals(table.id()));
  }

  private List<Effect> scans() {
    List<Effect> scans = new ArrayList<>();
    delta
        .scans()
        .forEach(
            (oid, count) ->
                observer
                    .schema()
                    .relation(oid)
                    .filter(relation -> !relation.kind().endsWith("index"))
                    .filter(relation -> !rewritten.contains(relation.id()))
                    .ifPresent(
                        relation -> {
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

  /** How many indexes the relation got, or got anew. */
  private long indexesBuilt(Relation relation) {
    long created =
        changes.stream()
            .filter(change -> change.event() == SchemaChange.Event.CREATED)
            .filter(change -> change.object() instanceof Index i && i.table().equals(relation.id()))
            .count();
    return created + rebuilt(relation);
  }

  private int rebuilt(Relation relation) {
    return delta
        .before()
        .table(relation.id())
        .flatMap(before -> after.table(relation.id()).map(now -> rebuilt(before, now).size()))
        .orElse(0);
  }

  /** Whether something became true of every row that no index keeps: a NOT NULL, a check, a key. */
  private boolean proves(Relation relation) {
    return changes.stream()
        .anyMatch(
            change ->
                switch (change.object()) {
                  case Constraint c ->
                      (c.type() == Constraint.Type.CHECK || c.type() == Constraint.Type.FOREIGN_KEY)
                          && c.table().equals(relation.id())
                          && isNewlyTrue(change, Constraint::validated, Constraint.class);
                  case Column c ->
                      c.table().equals(relation.id())
                          && change.event() == SchemaChange.Event.ALTERED
                          && isNewlyTrue(change, Column::notNull, Column.class);
                  default -> false;
                });
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
        Evidence.OBSERVED,
        scanning
            .flatMap(causes::of)
            // ATTACH PARTITION names the table above, not the one it reads.
            .or(() -> causes.relationCause(oid))
            .or(
                () ->
                    Optional.ofNullable(delta.locks().get(oid))
                        .flatMap(mode -> causes.lockCause(oid, mode))));
  }

  private ScanReason reason(Relation relation) {
    if (buildsIndex(relation)) {
      return ScanReason.INDEX_BUILD;
    }
    if (delta.events().isEmpty()) {
      return ScanReason.QUERY;
    }
    // A block, or a function that a query calls, may do both: the lock tells whether the table was
    // altered or only read and written.
    boolean nested = delta.events().stream().anyMatch(e -> e.context().isPresent());
    if (!nested && QUERIES.contains(statement.syntax().command())) {
      return ScanReason.QUERY;
    }
    LockMode mode = delta.locks().get(Long.parseLong(relation.id()));
    return nested
            && (mode == null || mode.compareTo(LockMode.ROW_EXCLUSIVE) <= 0 || !demands(relation))
        ? ScanReason.QUERY
        : ScanReason.VALIDATION;
  }

  /** Whether something changed that has to be proved of every row. */
  private boolean demands(Relation relation) {
    return changes.stream()
        .filter(change -> change.event() != SchemaChange.Event.DROPPED)
        .anyMatch(
            change ->
                switch (change.object()) {
                  case Constraint constraint ->
                      constraint.table().equals(relation.id())
                          || constraint.referencedTable().equals(relation.id());
                  case Column column ->
                      column.table().equals(relation.id())
                          && (column.notNull() || change.event() == SchemaChange.Event.ALTERED);
                  case Table table -> change.event() == SchemaChange.Event.ALTERED;
                  case Type type -> true;
                  default -> false;
                });
  }

  private boolean buildsIndex(Relation relation) {
    return indexesBuilt(relation) > 0;
  }

  private List<Effect> schemaChanges() {
    List<Effect> effects = new ArrayList<>();
    for (SchemaChange change : changes) {
      effects.add(
          new Effect.SchemaChanged(
              change,
              Evidence.OBSERVED,
              Optional.ofNullable(eventOfObject.get(change.object().id()))
                  .flatMap(causes::of)
                  .or(() -> causes.ownerCause(change))));
    }
    return effects;
  }

  private List<Effect> rows() {
    List<Effect> effects = new ArrayList<>();
    delta
        .rows()
        .forEach(
            (oid, counts) ->
                observer
                    .schema()
                    .relation(oid)
                    .filter(relation -> !relation.kind().endsWith("index"))
                    .ifPresent(
                        relation ->
                            effects.add(
                                new Effect.RowsChanged(
                                    relation,
                                    counts[0],
                                    counts[1],
                                    counts[2],
                                    Evidence.OBSERVED,
                                    causes.rowsCause(relation)))));
    if (statement.syntax().flags().contains(Syntax.Flag.ONLY_PLANNED)) {
      return effects;
    }
    // On a table without rows a data change counts nothing, and only its lock tells.
    for (long oid : delta.writes()) {
      if (!delta.rows().containsKey(oid)) {
        observer
            .schema()
            .relation(oid)
            .filter(relation -> relation.kind().endsWith("table"))
            .ifPresent(
                relation ->
                    effects.add(
                        new Effect.RowsChanged(
                            relation, 0, 0, 0, Evidence.OBSERVED, causes.rowsCause(relation))));
      }
    }
    return effects;
  }
}
