package dev.drydock.facts.mapping;

import dev.drydock.facts.ColumnChange;
import dev.drydock.facts.ColumnFacts;
import dev.drydock.facts.ConstraintChange;
import dev.drydock.facts.IndexChange;
import dev.drydock.facts.RewriteFacts;
import dev.drydock.facts.ScanFacts;
import dev.drydock.facts.TableFacts;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaChange.Event;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns what one statement changed of the columns, indexes and constraints of tables into facts.
 */
final class TablePartSubjects {
  private static final Pattern DROPS =
      Pattern.compile("\\bdrop\\s+(?:constraint|index)\\b", Pattern.CASE_INSENSITIVE);

  private final FactMapper mapper;
  private final ChangeContext context;
  private final Observation observation;
  private final StatementChanges changes;
  private final List<ScanFacts> scans;
  private final List<RewriteFacts> rewrites;
  private final Schema after;

  TablePartSubjects(
      FactMapper mapper,
      ChangeContext context,
      Observation observation,
      StatementChanges changes,
      List<ScanFacts> scans,
      List<RewriteFacts> rewrites) {
    this.mapper = mapper;
    this.context = context;
    this.observation = observation;
    this.changes = changes;
    this.scans = scans;
    this.rewrites = rewrites;
    this.after = observation.schema();
  }

  EffectSubject column(SchemaChange change, Column now) {
    Optional<Column> before = change.before(Column.class);
    Optional<Column> later = change.after(Column.class);
    Column old = before.orElse(now);
    Conversion conversion =
        Conversion.of(
            change, observation, context.base(), context.given().isStillNull(old, observation));
    Optional<Table> table = changes.owner(now.table());
    TableFacts tableFacts = mapper.table(table, after);
    TypeSpan type = TypeSpan.of(observation.statement(), now);
    ColumnFacts atEnd = in(context.end(), now);
    Optional<Sequence> sequence = ColumnSequences.named(atEnd.defaultValue(), context.end());
    Optional<Column> successor = context.successors().of(old, table, context.end());
    return new EffectSubject(
        "column",
        new ColumnChange(
            change.event().id(),
            old.name().local(),
            context.existedBefore(old.id()),
            tableFacts,
            before.map(FactMapper::column).orElse(FactMapper.NO_COLUMN),
            later.map(FactMapper::column).orElse(FactMapper.NO_COLUMN),
            change.withTable(),
            conversion.another(),
            !conversion.misfits().isEmpty(),
            conversion.misfits(),
            conversion.replaced(),
            conversion.mayFail(),
            conversion.demands(),
            conversion.using(),
            rewrites.stream().anyMatch(r -> r.relation().name().equals(tableFacts.name())),
            change.event() == Event.DROPPED ? lostWith(old) : List.of(),
            successor.map(FactMapper::column).orElse(FactMapper.NO_COLUMN),
            context.successors().of(old, table, context.atCommit(observation)).isPresent(),
            successor.filter(s -> context.given().lacksValues(s, old)).isPresent(),
            isSucceeding(now, atEnd.name()),
            isInherited(change.event(), now, table),
            in(context.base(), now),
            later.filter(c -> context.production().hasType(c.type(), after)).isPresent(),
            atEnd,
            context.promises().isChecked(now),
            context.promises().mayBeFilled(now),
            context.promises().isNeverNull(now),
            context.given().isUpdated(now),
            Domains.isConstrained(now.type(), after),
            Domains.defaultValue(now.type(), after),
            later.isPresent() && ColumnSequences.owns(now, after),
            sequence.map(s -> s.name().toString()).orElse(""),
            sequence.map(Sequence::type).orElse(""),
            sequence.isPresent()
                ? new SequenceRights(context.base(), context.end()).refused(now)
                : List.of(),
            before.map(b -> EnumLabels.lost(context, after, b, now)).orElse(List.of()),
            before.isEmpty() ? context.sendersOf(now.table()) : List.of(),
            successor.isPresent() ? context.successors().lostGrants(old) : List.of(),
            type.start(),
            type.end()),
        tableFacts.name() + "." + old.name().local(),
        List.of("column"),
        old.name().local(),
        actions(change.event(), before, now));
  }

  /** What an ALTER TABLE calls the change of a column; of several the one that changes most. */
  private static List<String> actions(Event event, Optional<Column> before, Column now) {
    return switch (event) {
      case CREATED -> List.of("ADD COLUMN");
      case DROPPED -> List.of("DROP COLUMN");
      case RENAMED -> List.of();
      case ALTERED ->
          Stream.of(
                  before.filter(old -> !old.type().equals(now.type())).map(old -> "TYPE"),
                  before
                      .filter(old -> old.notNull() != now.notNull())
                      .map(old -> now.notNull() ? "SET NOT NULL" : "DROP NOT NULL"),
                  before
                      .filter(old -> !old.defaultValue().equals(now.defaultValue()))
                      .map(old -> now.hasDefault() ? "SET DEFAULT" : "DROP DEFAULT"))
              .flatMap(Optional::stream)
              .map(words -> "ALTER COLUMN " + words)
              .toList();
    };
  }

  private static List<String> actions(Event event) {
    return event == Event.DROPPED ? List.of("DROP CONSTRAINT") : List.of("ADD CONSTRAINT");
  }

  private boolean isSucceeding(Column column, String name) {
    return context.base().table(column.table()).flatMap(table -> table.column(name)).stream()
        .anyMatch(known -> !known.id().equals(column.id()));
  }

  private static ColumnFacts in(Schema schema, Column column) {
    return schema.same(column).map(FactMapper::column).orElse(FactMapper.NO_COLUMN);
  }

  private boolean isInherited(Event event, Column column, Optional<Table> table) {
    List<String> parents = table.map(Table::parents).orElse(List.of());
    return !parents.isEmpty()
        && changes.list().stream()
            .filter(change -> change.event() == event)
            .anyMatch(
                change ->
                    change.object() instanceof Column above
                        && parents.contains(above.table())
                        && above.name().local().equals(column.name().local()));
  }

  /** Constraints and indexes on the column that the statement dropped too, each named once. */
  private List<String> lostWith(Column column) {
    return changes.list().stream()
        .filter(change -> change.event() == Event.DROPPED && !change.withTable())
        .map(SchemaChange::object)
        .filter(
            object ->
                switch (object) {
                  case Constraint c ->
                      c.type() != Constraint.Type.NOT_NULL
                          && c.table().equals(column.table())
                          && c.columns().contains(column.name().local());
                  case Index i ->
                      i.constraint().isEmpty()
                          && i.table().equals(column.table())
                          && i.needs(column.name().local());
                  default -> false;
                })
        .map(object -> object.name().local())
        .filter(name -> !isDroppedByName(name))
        .sorted()
        .toList();
  }

  private boolean isDroppedByName(String name) {
    Statement statement = observation.statement();
    return statement.mentions(name) && DROPS.matcher(statement.text()).find();
  }

  EffectSubject index(SchemaChange change, Index now) {
    Optional<Index> before = change.before(Index.class);
    Optional<Index> later = change.after(Index.class);
    Index old = before.orElse(now);
    Optional<Table> owner = changes.owner(now.table());
    TableFacts table = mapper.table(owner, after);
    boolean gone = change.event() == Event.DROPPED;
    Optional<Replacements.Replacement> replacement =
        gone ? context.replacement(old, observation) : Optional.empty();
    return new EffectSubject(
        "index",
        new IndexChange(
            change.event().id(),
            old.name().toString(),
            context.production().index(old),
            context.existedBefore(old.id()),
            table,
            context.end().table(now.table()).isEmpty(),
            changes.lockOn(List.of(table.name())),
            before.map(FactMapper::index).orElse(FactMapper.NO_INDEX),
            later.map(FactMapper::index).orElse(FactMapper.NO_INDEX),
            change.withTable(),
            !old.constraint().isEmpty() && changes.happenedTo(change.event(), old.constraint()),
            gone && changes.droppedColumnOf(old.table(), old::needs),
            gone && context.losesColumn(old, observation),
            change.event() == Event.CREATED && (!now.partitioned() || buildsIndex()),
            gone ? List.of() : context.indexes().superseded(now, context::existedBefore),
            replacement.map(r -> r.index().name().local()).orElse(""),
            context.promises().isUniqueBefore(now, after),
            context.promises().isUniqueAtEnd(old, after),
            gone ? context.promises().otherKeys(old) : List.of(),
            gone ? context.indexes().serving(now) : context.indexes().covering(now),
            replacement.map(Replacements.Replacement::later).orElse(false),
            gone && old.replicaIdentity() && lacksIdentity(old.table()),
            !now.constraint().isEmpty() || isNamed("index", now.name().local()),
            context.indexes().isValid(now),
            context.production().hasUnderTheirNames(owner, now),
            change.event() == Event.CREATED
                && now.unique()
                && context.given().isOneValue(now, observation),
            context.production().key(owner, now, after).orElse(List.of()),
            owner.map(present -> held(now, present)).orElse(List.of()),
            gone ? context.keysServedBy(old) : context.missedKeys(now)),
        old.name().toString(),
        List.of("index", "constraint"),
        old.name().local(),
        actions(change.event()));
  }

  private List<String> held(Index now, Table owner) {
    Indexes known = new Indexes(context.base());
    return owner.columns().stream()
        .filter(
            column ->
                Stream.concat(now.columns().stream(), now.included().stream())
                    .anyMatch(column.name().local()::equals))
        .filter(known::holds)
        .map(column -> column.name().local())
        .toList();
  }

  private boolean lacksIdentity(String table) {
    return context.end().table(table).map(FactMapper::identityColumns).stream()
        .anyMatch(List::isEmpty);
  }

  /** Whether rows were read into an index; ON ONLY a partitioned table there are none. */
  private boolean buildsIndex() {
    return scans.stream().anyMatch(scan -> scan.reason().equals("index-build"));
  }

  EffectSubject constraint(SchemaChange change, Constraint now) {
    Optional<Constraint> before = change.before(Constraint.class);
    Optional<Constraint> later = change.after(Constraint.class);
    Constraint old = before.orElse(now);
    Optional<Table> owner = changes.owner(now.table());
    TableFacts table = mapper.table(owner, after);
    Optional<Table> pointedTo =
        now.referencedTable().isEmpty() ? Optional.empty() : changes.owner(now.referencedTable());
    TableFacts referenced = mapper.table(pointedTo, after);
    boolean gone = change.event() == Event.DROPPED;
    Optional<Constraint> former =
        change.event() == Event.CREATED ? context.promises().former(now) : Optional.empty();
    Optional<ProductionNames.Pair> known =
        context.production().columns(now, owner, pointedTo, after);
    boolean named = isNamed("constraint", now.name().local());
    boolean atColumn =
        !named
            && old.columns().size() == 1
            && Pointer.isInColumn(observation.statement().syntax(), old.columns().getFirst());
    return new EffectSubject(
        "constraint",
        new ConstraintChange(
            change.event().id(),
            old.name().local(),
            context.existedBefore(old.id()),
            table,
            referenced,
            changes.lockOn(List.of(table.name())),
            changes.lockOn(List.of(referenced.name())),
            before.map(c -> mapper.constraint(c, after)).orElse(FactMapper.NO_CONSTRAINT),
            later.map(c -> mapper.constraint(c, after)).orElse(FactMapper.NO_CONSTRAINT),
            change.withTable(),
            gone && changes.droppedColumnOf(old.table(), old.columns()::contains),
            !now.index().isEmpty()
                && changes.happenedTo(Event.CREATED, now.index())
                && (!table.kind().equals("partitioned table") || buildsIndex()),
            scans.stream().anyMatch(scan -> scan.relation().name().equals(table.name())),
            types(owner, now.columns()),
            types(pointedTo, now.referencedColumns()),
            later.filter(c -> validates(change.event(), old, c, table)).isPresent(),
            context.indexes().isIndexed(now.table(), now.columns()),
            named,
            context.end().same(now).isPresent(),
            context.isNewIn(observation.transaction(), now),
            context.keys().mismatched(now, after),
            gone && context.promises().isKept(old),
            gone && context.promises().isUniqueAtEnd(old),
            gone && context.promises().isMatchedAtEnd(old),
            known.isPresent(),
            known.map(ProductionNames.Pair::columns).orElse(List.of()),
            known.map(ProductionNames.Pair::referenced).orElse(List.of()),
            context.given().isUnfilled(now),
            former.map(c -> c.name().local()).orElse(""),
            former.map(Constraint::deferrable).orElse(false),
            former.map(Constraint::onDelete).orElse(""),
            former.map(Constraint::onUpdate).orElse(""),
            (change.event() == Event.CREATED
                    ? context.promises().twin(now)
                    : Optional.<Constraint>empty())
                .map(c -> mapper.constraint(c, after))
                .orElse(FactMapper.NO_CONSTRAINT)),
        table.name() + "." + old.name().local(),
        List.of("constraint", "column"),
        atColumn ? old.columns().getFirst() : old.name().local(),
        actions(change.event()));
  }

  /**
   * Foreign keys of production that join columns of different types from now on, because the change
   * gives the column another one; nothing about the key itself is another.
   */
  List<EffectSubject> outgrown(Column column) {
    return context.keys().outgrown(column, after).stream()
        .map(
            key ->
                constraint(
                    new SchemaChange(Event.ALTERED, Optional.of(key), Optional.of(key), false),
                    key))
        .map(
            key ->
                new EffectSubject(
                    key.each(),
                    key.facts(),
                    key.object(),
                    List.of("column"),
                    column.name().local()))
        .toList();
  }

  private boolean validates(Event event, Constraint old, Constraint now, TableFacts table) {
    return now.validated()
        && switch (event) {
          case CREATED -> validatesToo(now, table);
          case ALTERED -> !old.validated();
          case DROPPED, RENAMED -> false;
        };
  }

  /** Whether what adds the constraint proves it besides. */
  private boolean validatesToo(Constraint now, TableFacts table) {
    Statement statement = observation.statement();
    // In a block, what adds it and what validates it are two commands.
    return statement.syntax().command().equals("ALTER TABLE")
        ? Pattern.compile(
                "\\bvalidate\\s+constraint\\s+\"?" + Pattern.quote(now.name().local()),
                Pattern.CASE_INSENSITIVE)
            .matcher(statement.text())
            .find()
        : scans.stream()
            .anyMatch(scan -> scan.validates() && scan.relation().name().equals(table.name()));
  }

  /** Whether the statement names what it makes; one that no parser read is taken to. */
  private boolean isNamed(String kind, String name) {
    Syntax syntax = observation.statement().syntax();
    boolean unnamed =
        kind.equals("index")
            ? syntax.command().equals("CREATE INDEX") && !syntax.parts().isEmpty()
            : syntax.names(kind).contains("");
    // A constraint may also take the name of the index it is handed.
    return !unnamed || syntax.names("index").contains(name) || syntax.names(kind).contains(name);
  }

  private static List<String> types(Optional<Table> table, List<String> columns) {
    return columns.stream()
        .flatMap(name -> table.flatMap(t -> t.column(name)).stream())
        .map(column -> column.type().text())
        .toList();
  }
}
