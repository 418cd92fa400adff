package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Relation;
import dev.drydock.replay.ScanReason;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaDiff;
import dev.drydock.schema.Table;
import dev.drydock.sql.BlockStatements;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the effects of one statement off what the observer saw change. */
public final class Effects {
  private static final Set<String> CALLS = Set.of("CALL", "DO");
  private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  private final Statement statement;
  private final Observer observer;
  private final Delta delta;
  private final Schema after;
  private final Causes causes;
  private final List<SchemaChange> changes;
  private final Map<String, DdlEvent> eventOfObject = new HashMap<>();
  private final Map<String, DdlEvent> dropOfObject = new HashMap<>();
  private final Set<String> rewritten = new HashSet<>();

  private Effects(Statement statement, Observer observer, Delta delta) {
    this.statement = statement;
    this.observer = observer;
    this.delta = delta;
    this.after = observer.schema().current();
    this.causes = new Causes(statement, observer, delta);
    for (DdlEvent event : delta.events()) {
      if (event.object() > 0) {
        String id = observer.schema().known(event);
        eventOfObject.putIfAbsent(id, event);
        if (event.kind() == DdlEvent.Kind.DROP) {
          dropOfObject.putIfAbsent(id, event);
        }
      }
    }
    this.changes = SchemaDiff.between(delta.before(), after, delta.touched());
  }

  /**
   * The effects, in the order of kind: locks, rewrites, scans, schema changes, rows, work, closed
   * tables.
   */
  public static List<Effect> of(Statement statement, Observer observer, Delta delta) {
    Effects effects = new Effects(statement, observer, delta);
    List<Effect> list = new ArrayList<>(effects.locks());
    list.addAll(effects.rewrites());
    Scans scans = new Scans(statement, observer, delta, effects.changes, effects.causes);
    list.addAll(scans.effects(effects.rewritten));
    list.addAll(effects.schemaChanges());
    list.addAll(effects.rows());
    NestedWork.of(
            statement, observer, delta, relation -> scans.reason(relation) != ScanReason.QUERY)
        .ifPresent(list::add);
    NestedLocks.of(statement, observer, delta).ifPresent(list::add);
    return list;
  }

  private List<Effect.LockTaken> locks() {
    List<Effect.LockTaken> locks = new ArrayList<>();
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
                                    mode.on(relation), causes.lockCause(oid, mode)))));
    locks.sort(Comparator.comparing(taken -> taken.lock().relation().name()));
    return locks;
  }

  private List<Effect> rewrites() {
    List<Effect> rewrites = new ArrayList<>();
    Truncations truncations =
        new Truncations(
            statement, observer, delta.touched().stream().filter(this::isEmptied).toList());
    for (String id : delta.touched()) {
      Optional<Table> before = delta.before().table(id);
      Optional<Table> now = after.table(id);
      if (before.isEmpty() || now.isEmpty()) {
        continue;
      }
      if (!before.get().storage().equals(now.get().storage())) {
        rewritten.add(id);
        rewrites.add(rewrite(id, now.get(), truncations));
      } else {
        for (Index index : rebuilt(before.get(), now.get())) {
          rewritten.add(index.id());
          rewrites.add(rewrite(index.id(), now.get(), truncations));
        }
      }
    }
    return rewrites;
  }

  /**
   * Locks that a statement without a transaction must have held for what it did, though they may
   * have been gone too soon to be seen: a new file takes the place of another under ACCESS
   * EXCLUSIVE, and an index is built under SHARE on its table unless it is done concurrently.
   *
   * @param touched ids of what was read again
   */
  static Map<Long, LockMode> locksProved(
      Statement statement, Schema before, LiveSchema schema, Set<String> touched) {
    Map<Long, LockMode> proved = new LinkedHashMap<>();
    for (String id : touched) {
      Optional<Table> old = before.table(id);
      Optional<Table> now = schema.current().table(id);
      if (old.isEmpty() || now.isEmpty()) {
        continue;
      }
      if (!old.get().storage().equals(now.get().storage())) {
        proved.put(Long.valueOf(id), LockMode.ACCESS_EXCLUSIVE);
      } else if (!statement.syntax().has(Syntax.Flag.CONCURRENTLY)) {
        for (Index index : rebuilt(old.get(), now.get())) {
          proved.put(Long.valueOf(id), LockMode.SHARE);
          proved.put(schema.oid(index.id()), LockMode.ACCESS_EXCLUSIVE);
        }
      }
    }
    return proved;
  }

  /**
   * Indexes that are still there under their name and whose entries stand in a file that no index
   * of the table had: one that took the name of another brought its own.
   */
  static List<Index> rebuilt(Table before, Table now) {
    Set<String> names = new HashSet<>();
    Set<String> files = new HashSet<>();
    for (Index old : before.indexes()) {
      names.add(old.name().toString());
      files.add(old.storage());
    }
    return now.indexes().stream()
        .filter(index -> names.contains(index.name().toString()))
        .filter(index -> !files.contains(index.storage()))
        .toList();
  }

  private Effect rewrite(String id, Table table, Truncations truncations) {
    long oid = observer.schema().oid(id);
    Relation relation = observer.schema().relation(oid).orElseThrow();
    Optional<DdlEvent> event =
        delta.events().stream()
            .filter(e -> e.kind() == DdlEvent.Kind.REWRITE && e.isOf(table.id()))
            .findFirst();
    String reason =
        event.map(DdlEvent::reasonText).orElseGet(() -> untoldReason(id, table, truncations));
    return new Effect.TableRewritten(
        relation,
        observer.strongest(relation),
        reason,
        event
            .flatMap(causes::of)
            .or(() -> causes.relationCause(oid))
            .or(() -> reason.equals("truncate") ? truncations.cause(id) : Optional.empty())
            .or(() -> reason.equals("cluster") ? truncations.clustering(id) : Optional.empty()));
  }

  /** Why it was rewritten, where no event tells. */
  private String untoldReason(String id, Table table, Truncations truncations) {
    return switch (statement.syntax().command()) {
      case "TRUNCATE TABLE" -> "truncate";
      case "CLUSTER" -> "cluster";
      case "VACUUM" -> "vacuum full";
      case "REFRESH MATERIALIZED VIEW" -> "refresh";
      case "REINDEX" -> "reindex";
      default -> nestedReason(id).orElseGet(() -> seenReason(id, table, truncations));
    };
  }

  /** What its state after the statement tells of the reason. */
  private String seenReason(String id, Table table, Truncations truncations) {
    if (tablespaceMoved(table)) {
      return "tablespace";
    }
    if (!isUntold(table)) {
      return "";
    }
    if (!id.equals(table.id())) {
      return "reindex";
    }
    return truncations.isClustered(id) ? "cluster" : "truncate";
  }

  /** What a command says of itself, in a block too; REINDEX does from 17 on. */
  private Optional<String> nestedReason(String id) {
    return delta.events().stream()
        .filter(event -> observer.schema().known(event).equals(id))
        .flatMap(
            event ->
                switch (event.tag()) {
                  case "REFRESH MATERIALIZED VIEW" -> Stream.of("refresh");
                  case "REINDEX" -> Stream.of("reindex");
                  // It makes a new file for one reason only.
                  case "ALTER INDEX" -> Stream.of("tablespace");
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

  private boolean isEmptied(String id) {
    return after.table(id).filter(this::isUntold).isPresent()
        && !delta
            .before()
            .table(id)
            .map(Table::storage)
            .equals(after.table(id).map(Table::storage));
  }

  /**
   * Whether no event explains a new file: those of a TRUNCATE and a CLUSTER in a block have none,
   * and before 17 those of a REINDEX.
   */
  private boolean isUntold(Table table) {
    return delta.events().stream().noneMatch(event -> event.isOf(table.id()));
  }

  private List<Effect.SchemaChanged> schemaChanges() {
    return changes.stream()
        .map(
            change ->
                new Effect.SchemaChanged(
                    change,
                    eventOf(change).flatMap(causes::of).or(() -> causes.ownerCause(change))))
        .toList();
  }

  /** What a block renames and then drops is dropped where it says so. */
  private Optional<DdlEvent> eventOf(SchemaChange change) {
    String id = change.object().id();
    Optional<DdlEvent> event = Optional.ofNullable(eventOfObject.get(id));
    return change.event() == SchemaChange.Event.DROPPED
        ? Optional.ofNullable(dropOfObject.get(id)).or(() -> event)
        : event;
  }

  private List<Effect> rows() {
    List<Effect> effects = new ArrayList<>();
    if (!delta.oneTransaction() && !CALLS.contains(statement.syntax().command())) {
      // What commits in between writes no rows, unless it runs somebody's code; but a server before
      // 15 may tell only now what the transaction before wrote.
      return effects;
    }
    delta
        .rows()
        .forEach(
            (oid, counts) ->
                observer
                    .schema()
                    .relation(oid)
                    .filter(relation -> !relation.isIndex())
                    .ifPresent(
                        relation ->
                            effects.add(
                                new Effect.RowsChanged(
                                    relation,
                                    counts.inserted(),
                                    counts.updated(),
                                    counts.deleted(),
                                    causes.rowsCause(relation)))));
    if (statement.syntax().has(Syntax.Flag.ONLY_PLANNED)
        || statement.syntax().has(Syntax.Flag.CHANGES_NOTHING)
        || statement.syntax().command().equals("LOCK TABLE")) {
      return effects;
    }
    // On a table without rows a data change counts nothing, and only its lock tells.
    Set<Long> written = new TreeSet<>(delta.writes());
    written.addAll(target());
    written.addAll(executed());
    for (long oid : written) {
      if (!delta.rows().containsKey(oid)) {
        observer
            .schema()
            .relation(oid)
            .filter(Relation::isTable)
            .ifPresent(
                relation ->
                    effects.add(
                        new Effect.RowsChanged(relation, 0, 0, 0, causes.rowsCause(relation))));
      }
    }
    return effects;
  }

  /** What an EXECUTE writes to: the PREPARE may have taken the lock in the same transaction. */
  private List<Long> executed() {
    return observer.executed(statement).stream()
        .flatMap(prepared -> BlockStatements.ofOne(prepared.sql()).stream())
        .flatMap(
            change ->
                delta.writing().stream()
                    .filter(
                        oid ->
                            observer
                                .schema()
                                .relation(oid)
                                .filter(r -> r.name().local().equals(change.table()))
                                .isPresent()))
        .toList();
  }

  /** What a data change is of by name, whose lock may be from a statement before it. */
  private List<Long> target() {
    if (!CHANGES.contains(statement.syntax().command())) {
      return List.of();
    }
    Optional<Syntax.Part> named = statement.syntax().parts("relation").findFirst();
    String written = named.map(statement::text).orElse("").replaceAll("[\"\\s]", "");
    List<Long> found =
        delta.writing().stream()
            .filter(
                oid ->
                    observer
                        .schema()
                        .relation(oid)
                        .map(Relation::name)
                        .filter(
                            name -> named.filter(n -> n.name().equals(name.local())).isPresent())
                        .filter(
                            name ->
                                !written.contains(".")
                                    || written.equalsIgnoreCase(
                                        name.toString().replaceAll("[\"\\s]", "")))
                        .isPresent())
            .toList();
    return found.size() == 1 ? found : List.of();
  }
}
