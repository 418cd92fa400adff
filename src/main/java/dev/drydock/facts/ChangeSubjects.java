package dev.drydock.facts;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaChange.Event;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import java.util.List;
import java.util.Optional;

/** Turns the schema changes of one statement into the facts of their kind. */
final class ChangeSubjects {
  private final FactMapper mapper;
  private final List<LockFacts> held;
  private final List<ScanFacts> scans;
  private final List<RewriteFacts> rewrites;
  private final Schema after;
  private final Schema end;
  private final List<SchemaChange> changes;

  /**
   * A change as a rule sees it.
   *
   * @param each its kind
   * @param facts the record
   * @param object qualified name, for the fingerprint
   * @param parts kinds of syntax part that name it, the best first
   * @param word the name a part has
   */
  record Change(String each, Object facts, String object, List<String> parts, String word) {}

  /**
   * @param held the strongest lock on each relation while the statement ran
   * @param end the schema after the whole change
   */
  ChangeSubjects(
      FactMapper mapper,
      Observation observation,
      List<LockFacts> held,
      List<ScanFacts> scans,
      List<RewriteFacts> rewrites,
      Schema end) {
    this.mapper = mapper;
    this.held = held;
    this.scans = scans;
    this.rewrites = rewrites;
    this.after = observation.schema();
    this.end = end;
    this.changes =
        observation.effects().stream()
            .filter(Effect.SchemaChanged.class::isInstance)
            .map(effect -> ((Effect.SchemaChanged) effect).change())
            .toList();
  }

  /** The facts of a change; empty for kinds that no rule can be asked about. */
  Optional<Change> of(SchemaChange change) {
    return switch (change.object()) {
      case Table table -> Optional.of(table(change, table));
      case Column column -> Optional.of(column(change, column));
      case Constraint constraint -> Optional.of(constraint(change, constraint));
      case Index index -> Optional.of(index(change, index));
      default -> Optional.empty();
    };
  }

  private Change table(SchemaChange change, Table now) {
    Optional<Table> before = as(change.before(), Table.class);
    Optional<Table> later = as(change.after(), Table.class);
    Table old = before.orElse(now);
    return new Change(
        "table",
        new TableChange(
            change.event().id(),
            old.name().toString(),
            mapper.existedBefore(now.id()),
            mapper.table(before, after),
            mapper.table(later, after),
            end.table(old.name()).filter(served -> !served.id().equals(old.id())).isPresent()),
        old.name().toString(),
        List.of("relation"),
        old.name().local());
  }

  private Change column(SchemaChange change, Column now) {
    Optional<Column> before = as(change.before(), Column.class);
    Optional<Column> later = as(change.after(), Column.class);
    Column old = before.orElse(now);
    boolean typeChanged = before.isPresent() && later.isPresent() && !old.type().equals(now.type());
    Optional<Table> table = owner(now.table());
    TableFacts tableFacts = mapper.table(table, after);
    return new Change(
        "column",
        new ColumnChange(
            change.event().id(),
            old.name().local(),
            tableFacts,
            before.map(FactMapper::column).orElse(FactMapper.NO_COLUMN),
            later.map(FactMapper::column).orElse(FactMapper.NO_COLUMN),
            change.withTable(),
            typeChanged,
            typeChanged && TypeChange.narrows(old.type(), now.type()),
            rewrites.stream().anyMatch(r -> r.relation().name().equals(tableFacts.name())),
            end.table(now.table())
                .or(() -> table.flatMap(t -> end.table(t.name())))
                .flatMap(t -> t.column(old.name().local()))
                .filter(served -> !served.id().equals(old.id()))
                .isPresent()),
        tableFacts.name() + "." + old.name().local(),
        List.of("column"),
        old.name().local());
  }

  private Change index(SchemaChange change, Index now) {
    Optional<Index> before = as(change.before(), Index.class);
    Optional<Index> later = as(change.after(), Index.class);
    Index old = before.orElse(now);
    TableFacts table = mapper.table(owner(now.table()), after);
    boolean gone = change.event() == Event.DROPPED;
    return new Change(
        "index",
        new IndexChange(
            change.event().id(),
            old.name().toString(),
            mapper.indexExistedBefore(old.id()),
            table,
            lockOn(table),
            before.map(FactMapper::index).orElse(FactMapper.NO_INDEX),
            later.map(FactMapper::index).orElse(FactMapper.NO_INDEX),
            change.withTable(),
            !old.constraint().isEmpty() && sameEvent(change, old.constraint()),
            gone && droppedColumnOf(old.table(), old.columns(), old.included())),
        old.name().toString(),
        List.of("index", "constraint"),
        old.name().local());
  }

  private Change constraint(SchemaChange change, Constraint now) {
    Optional<Constraint> before = as(change.before(), Constraint.class);
    Optional<Constraint> later = as(change.after(), Constraint.class);
    Constraint old = before.orElse(now);
    TableFacts table = mapper.table(owner(now.table()), after);
    Optional<Table> referenced =
        now.referencedTable().isEmpty() ? Optional.empty() : owner(now.referencedTable());
    boolean gone = change.event() == Event.DROPPED;
    return new Change(
        "constraint",
        new ConstraintChange(
            change.event().id(),
            old.name().local(),
            table,
            mapper.table(referenced, after),
            lockOn(table),
            before.map(c -> mapper.constraint(c, after)).orElse(FactMapper.NO_CONSTRAINT),
            later.map(c -> mapper.constraint(c, after)).orElse(FactMapper.NO_CONSTRAINT),
            change.withTable(),
            gone && droppedColumnOf(old.table(), old.columns(), List.of()),
            !now.index().isEmpty() && createdIndex(now.index()),
            scans.stream().anyMatch(scan -> scan.relation().name().equals(table.name()))),
        table.name() + "." + old.name().local(),
        List.of("constraint", "column"),
        old.name().local());
  }

  /** A table as it is after the statement, or as it was when the statement dropped it. */
  private Optional<Table> owner(String id) {
    return after
        .table(id)
        .or(
            () ->
                changes.stream()
                    .flatMap(change -> change.before().stream())
                    .filter(object -> object.id().equals(id))
                    .flatMap(object -> as(Optional.of(object), Table.class).stream())
                    .findFirst());
  }

  private LockFacts lockOn(TableFacts table) {
    return held.stream()
        .filter(lock -> lock.relation().name().equals(table.name()))
        .findFirst()
        .orElse(FactMapper.NO_LOCK);
  }

  private boolean createdIndex(String id) {
    return changes.stream()
        .anyMatch(
            change ->
                change.event() == Event.CREATED
                    && change.object() instanceof Index
                    && change.object().id().equals(id));
  }

  private boolean sameEvent(SchemaChange index, String constraint) {
    return changes.stream()
        .anyMatch(
            change -> change.event() == index.event() && change.object().id().equals(constraint));
  }

  private boolean droppedColumnOf(String table, List<String> columns, List<String> more) {
    return changes.stream()
        .filter(change -> change.event() == Event.DROPPED)
        .map(SchemaChange::object)
        .filter(Column.class::isInstance)
        .map(Column.class::cast)
        .filter(column -> column.table().equals(table))
        .map(column -> column.name().local())
        .anyMatch(name -> columns.contains(name) || more.contains(name));
  }

  private static <T extends SchemaObject> Optional<T> as(
      Optional<SchemaObject> object, Class<T> type) {
    return object.filter(type::isInstance).map(type::cast);
  }
}
