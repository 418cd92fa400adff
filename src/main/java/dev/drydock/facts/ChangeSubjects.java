package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Extension;
import dev.drydock.schema.Function;
import dev.drydock.schema.Grant;
import dev.drydock.schema.Index;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaChange.Event;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import dev.drydock.sql.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns the schema changes of one statement into the facts of their kind. */
final class ChangeSubjects {
  private final FactMapper mapper;
  private final ChangeContext context;
  private final Observation observation;
  private final List<LockFacts> held;
  private final List<ScanFacts> scans;
  private final List<RewriteFacts> rewrites;
  private final Schema after;
  private final List<SchemaChange> changes;

  /**
   * @param held the strongest lock on each relation while the statement ran, the strongest first
   */
  ChangeSubjects(
      FactMapper mapper,
      ChangeContext context,
      Observation observation,
      List<LockFacts> held,
      List<ScanFacts> scans,
      List<RewriteFacts> rewrites) {
    this.mapper = mapper;
    this.context = context;
    this.observation = observation;
    this.held = held;
    this.scans = scans;
    this.rewrites = rewrites;
    this.after = observation.schema();
    this.changes =
        observation.effects().stream()
            .filter(Effect.SchemaChanged.class::isInstance)
            .map(effect -> ((Effect.SchemaChanged) effect).change())
            .toList();
  }

  /** The facts of a change; empty for bookkeeping of the server that no rule should see. */
  Optional<EffectSubject> of(SchemaChange change) {
    return switch (change.object()) {
      case Table table -> Optional.of(table(change, table));
      case Column column -> Optional.of(column(change, column));
      // A column says by itself that it is NOT NULL; from 18 on the catalog has a constraint
      // besides.
      case Constraint constraint ->
          constraint.type() == Constraint.Type.NOT_NULL
              ? Optional.empty()
              : Optional.of(constraint(change, constraint));
      case Index index -> Optional.of(index(change, index));
      case Trigger trigger -> Optional.of(trigger(change, trigger));
      case Policy policy -> Optional.of(policy(change, policy));
      case Grant grant -> Optional.of(grant(change, grant));
      case Sequence sequence -> Optional.of(sequence(change, sequence));
      case Type type -> Optional.of(type(change, type));
      case Function function -> Optional.of(routine(change, function));
      case Namespace namespace -> Optional.of(namespace(change, namespace));
      case Extension extension -> Optional.of(extension(change, extension));
    };
  }

  private EffectSubject table(SchemaChange change, Table now) {
    Optional<Table> before = as(change.before(), Table.class);
    Table old = before.orElse(now);
    TableFacts later = mapper.table(as(change.after(), Table.class), after);
    return new EffectSubject(
        now.isView() ? "view" : "table",
        new TableChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(now.id()),
            mapper.table(before, after),
            later,
            lockOn(List.of(old.name().toString(), now.name().toString())),
            context.isServed(old.name(), old.id()),
            mapper.table(context.end().table(now.id()), context.end()),
            now.isView()
                ? context.end().table(now.id()).map(context::securedBeneath).orElse(List.of())
                : List.of()),
        old.name().toString(),
        List.of("relation"),
        old.name().local());
  }

  private EffectSubject column(SchemaChange change, Column now) {
    Optional<Column> before = as(change.before(), Column.class);
    Optional<Column> later = as(change.after(), Column.class);
    Column old = before.orElse(now);
    boolean typeChanged = before.isPresent() && later.isPresent() && !old.type().equals(now.type());
    Optional<Table> table = owner(now.table());
    TableFacts tableFacts = mapper.table(table, after);
    TypeSpan type = TypeSpan.of(observation.statement(), now);
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
            typeChanged,
            typeChanged && Narrowing.narrows(old.type(), now.type()),
            typeChanged && !hasAllLabels(old, now) && Narrowing.mayFail(old.type(), now.type()),
            rewrites.stream().anyMatch(r -> r.relation().name().equals(tableFacts.name())),
            change.event() == Event.DROPPED ? lostWith(old) : List.of(),
            context.successor(old, table).map(FactMapper::column).orElse(FactMapper.NO_COLUMN),
            isInherited(change.event(), now, table),
            in(context.base(), now),
            in(context.end(), now),
            later.isPresent() && hasSequence(now),
            type.start(),
            type.end()),
        tableFacts.name() + "." + old.name().local(),
        List.of("column"),
        old.name().local());
  }

  private boolean hasSequence(Column column) {
    return column.defaultValue().startsWith("nextval(")
        && after
            .objects()
            .anyMatch(
                object ->
                    object instanceof Sequence sequence
                        && sequence.ownerTable().equals(column.table())
                        && sequence.ownerColumn().equals(column.name().local()));
  }

  /** Whether both types are enums and the new one has every label of the old one. */
  private boolean hasAllLabels(Column old, Column now) {
    return labels(old).isPresent()
        && labels(now).filter(has -> has.containsAll(labels(old).get())).isPresent();
  }

  private Optional<List<String>> labels(Column column) {
    return after
        .object(column.type().typeId())
        .or(() -> context.base().object(column.type().typeId()))
        .flatMap(object -> as(Optional.of(object), Type.class))
        .filter(type -> type.kind() == Type.Kind.ENUM)
        .map(Type::labels);
  }

  private static ColumnFacts in(Schema schema, Column column) {
    return schema.table(column.table()).stream()
        .flatMap(table -> table.columns().stream())
        .filter(same -> same.id().equals(column.id()))
        .findFirst()
        .map(FactMapper::column)
        .orElse(FactMapper.NO_COLUMN);
  }

  private boolean isInherited(Event event, Column column, Optional<Table> table) {
    List<String> parents = table.map(Table::parents).orElse(List.of());
    return !parents.isEmpty()
        && changes.stream()
            .filter(change -> change.event() == event)
            .anyMatch(
                change ->
                    change.object() instanceof Column above
                        && parents.contains(above.table())
                        && above.name().local().equals(column.name().local()));
  }

  /** Constraints and indexes on the column that the statement dropped too, each named once. */
  private List<String> lostWith(Column column) {
    return changes.stream()
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
                          && (i.columns().contains(column.name().local())
                              || i.included().contains(column.name().local()));
                  default -> false;
                })
        .map(object -> object.name().local())
        .sorted()
        .toList();
  }

  private EffectSubject index(SchemaChange change, Index now) {
    Optional<Index> before = as(change.before(), Index.class);
    Optional<Index> later = as(change.after(), Index.class);
    Index old = before.orElse(now);
    TableFacts table = mapper.table(owner(now.table()), after);
    boolean gone = change.event() == Event.DROPPED;
    Optional<ChangeContext.Replacement> replacement =
        gone ? context.replacement(old, observation) : Optional.empty();
    boolean readsRows = scans.stream().anyMatch(scan -> scan.reason().equals("index-build"));
    return new EffectSubject(
        "index",
        new IndexChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(old.id()),
            table,
            lockOn(List.of(table.name())),
            before.map(FactMapper::index).orElse(FactMapper.NO_INDEX),
            later.map(FactMapper::index).orElse(FactMapper.NO_INDEX),
            change.withTable(),
            !old.constraint().isEmpty() && happenedTo(change.event(), old.constraint()),
            gone && droppedColumnOf(old.table(), old.columns(), old.included()),
            change.event() == Event.CREATED && (!now.partitioned() || readsRows),
            gone ? List.of() : context.duplicates(now),
            replacement.map(r -> r.index().name().local()).orElse(""),
            context.covering(now),
            replacement.map(ChangeContext.Replacement::later).orElse(false),
            !now.constraint().isEmpty() || isNamed("index", now.name().local()),
            context.isValidAtEnd(now)),
        old.name().toString(),
        List.of("index", "constraint"),
        old.name().local());
  }

  private EffectSubject constraint(SchemaChange change, Constraint now) {
    Optional<Constraint> before = as(change.before(), Constraint.class);
    Optional<Constraint> later = as(change.after(), Constraint.class);
    Constraint old = before.orElse(now);
    Optional<Table> owner = owner(now.table());
    TableFacts table = mapper.table(owner, after);
    Optional<Table> pointedTo =
        now.referencedTable().isEmpty() ? Optional.empty() : owner(now.referencedTable());
    TableFacts referenced = mapper.table(pointedTo, after);
    boolean gone = change.event() == Event.DROPPED;
    return new EffectSubject(
        "constraint",
        new ConstraintChange(
            change.event().id(),
            old.name().local(),
            context.existedBefore(old.id()),
            table,
            referenced,
            lockOn(List.of(table.name())),
            lockOn(List.of(referenced.name())),
            before.map(c -> mapper.constraint(c, after)).orElse(FactMapper.NO_CONSTRAINT),
            later.map(c -> mapper.constraint(c, after)).orElse(FactMapper.NO_CONSTRAINT),
            change.withTable(),
            gone && droppedColumnOf(old.table(), old.columns(), List.of()),
            !now.index().isEmpty() && happenedTo(Event.CREATED, now.index()),
            scans.stream().anyMatch(scan -> scan.relation().name().equals(table.name())),
            types(owner, now.columns()),
            types(pointedTo, now.referencedColumns()),
            gone || context.isIndexed(now.table(), now.columns()),
            isNamed("constraint", now.name().local()),
            context.end().table(now.table()).stream()
                .flatMap(t -> t.constraints().stream())
                .anyMatch(c -> c.id().equals(now.id())),
            context.isNewIn(observation.transaction(), now),
            mismatched(now, owner, pointedTo),
            gone && context.isKept(old)),
        table.name() + "." + old.name().local(),
        List.of("constraint", "column"),
        old.name().local());
  }

  /** Whether the statement names what it makes; one that no parser read is taken to. */
  private boolean isNamed(String kind, String name) {
    List<Syntax.Part> parts = observation.statement().syntax().parts();
    boolean unnamed =
        kind.equals("index")
            ? observation.statement().syntax().command().equals("CREATE INDEX") && !parts.isEmpty()
            : parts.stream().anyMatch(p -> p.kind().equals(kind) && p.name().isEmpty());
    // A constraint may also take the name of the index it is handed.
    return !unnamed
        || parts.stream()
            .filter(part -> part.kind().equals("index") || part.kind().equals(kind))
            .anyMatch(part -> part.name().equals(name));
  }

  private static List<String> mismatched(
      Constraint key, Optional<Table> owner, Optional<Table> pointedTo) {
    List<String> mismatched = new ArrayList<>();
    for (int i = 0; i < key.referencedColumns().size(); i++) {
      String name = key.columns().get(i);
      String target = key.referencedColumns().get(i);
      Optional<Column> column = owner.flatMap(table -> table.column(name));
      Optional<Column> referenced = pointedTo.flatMap(table -> table.column(target));
      if (column.isPresent()
          && referenced.isPresent()
          && !alike(column.get().type().base(), referenced.get().type().base())) {
        mismatched.add(
            "%s is %s and %s is %s"
                .formatted(
                    name, column.get().type().text(), target, referenced.get().type().text()));
      }
    }
    return mismatched;
  }

  private static boolean alike(String type, String other) {
    return type.equals(other) || (Narrowing.isText(type) && Narrowing.isText(other));
  }

  private static List<String> types(Optional<Table> table, List<String> columns) {
    return columns.stream()
        .flatMap(name -> table.flatMap(t -> t.column(name)).stream())
        .map(column -> column.type().text())
        .toList();
  }

  private EffectSubject trigger(SchemaChange change, Trigger now) {
    Optional<Trigger> before = as(change.before(), Trigger.class);
    Optional<Trigger> later = as(change.after(), Trigger.class);
    Trigger old = before.orElse(now);
    TableFacts table = mapper.table(owner(now.table()), after);
    Optional<Trigger> atEnd =
        context.end().table(now.table()).stream()
            .flatMap(t -> t.triggers().stream())
            .filter(g -> g.id().equals(now.id()))
            .findFirst();
    return new EffectSubject(
        "trigger",
        new TriggerChange(
            change.event().id(),
            old.name().local(),
            context.existedBefore(old.id()),
            table,
            lockOn(List.of(table.name())),
            before.map(Trigger::enabled).orElse(false),
            later.map(Trigger::enabled).orElse(false),
            atEnd.map(Trigger::enabled).orElse(false),
            now.definition(),
            change.withTable(),
            atEnd.isPresent()),
        table.name() + "." + old.name().local(),
        List.of("trigger"),
        old.name().local());
  }

  private EffectSubject policy(SchemaChange change, Policy now) {
    Policy old = as(change.before(), Policy.class).orElse(now);
    Optional<Table> atEnd = context.end().table(now.table()).or(() -> owner(now.table()));
    List<String> alike =
        atEnd.stream()
            .flatMap(table -> table.policies().stream())
            .filter(other -> !other.id().equals(now.id()) && other.permissive())
            .filter(other -> isThere(now.table(), other.id()))
            .filter(other -> other.command().equals(now.command()) || other.command().equals("all"))
            .filter(other -> other.roles().equals(now.roles()))
            .map(other -> other.name().local())
            .sorted()
            .toList();
    TableFacts table = mapper.table(atEnd, after);
    return new EffectSubject(
        "policy",
        new PolicyChange(
            change.event().id(),
            old.name().local(),
            table,
            now.command(),
            now.permissive(),
            now.roles(),
            now.using(),
            now.check(),
            alike,
            change.withTable()),
        table.name() + "." + old.name().local(),
        List.of("policy"),
        old.name().local());
  }

  private boolean isThere(String table, String policy) {
    return after.table(table).stream()
        .flatMap(t -> t.policies().stream())
        .anyMatch(p -> p.id().equals(policy));
  }

  private EffectSubject grant(SchemaChange change, Grant now) {
    List<String> had = as(change.before(), Grant.class).map(Grant::privileges).orElse(List.of());
    List<String> has = as(change.after(), Grant.class).map(Grant::privileges).orElse(List.of());
    return new EffectSubject(
        "grant",
        new GrantChange(
            now.name().toString(),
            context.existedBefore(now.object()),
            now.grantee(),
            has.stream().filter(privilege -> !had.contains(privilege)).toList(),
            had.stream().filter(privilege -> !has.contains(privilege)).toList(),
            change.withTable()),
        now.name() + " to " + now.grantee(),
        List.of("relation"),
        now.name().local());
  }

  private EffectSubject sequence(SchemaChange change, Sequence now) {
    Sequence old = as(change.before(), Sequence.class).orElse(now);
    boolean withOwner =
        !old.ownerTable().isEmpty()
            && changes.stream()
                .filter(other -> other.event() == change.event())
                .map(SchemaChange::object)
                .anyMatch(
                    object ->
                        object.id().equals(old.ownerTable())
                            || (object instanceof Column column
                                && column.table().equals(old.ownerTable())
                                && column.name().local().equals(old.ownerColumn())));
    return new EffectSubject(
        "sequence",
        new SequenceChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(old.id()),
            old.ownerTable().isEmpty() ? "" : mapper.tableName(old.ownerTable(), after),
            old.ownerColumn(),
            withOwner,
            context
                .end()
                .objects()
                .anyMatch(o -> o instanceof Sequence && o.name().equals(old.name()))),
        old.name().toString(),
        List.of("relation", "sequence"),
        old.name().local());
  }

  private EffectSubject type(SchemaChange change, Type now) {
    Optional<Type> before = as(change.before(), Type.class);
    Optional<Type> later = as(change.after(), Type.class);
    Type old = before.orElse(now);
    List<String> had = before.map(Type::labels).orElse(List.of());
    List<String> has = later.map(Type::labels).orElse(List.of());
    return new EffectSubject(
        "type",
        new TypeChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(old.id()),
            before.map(FactMapper::type).orElse(FactMapper.NO_TYPE),
            later.map(FactMapper::type).orElse(FactMapper.NO_TYPE),
            has.stream().filter(label -> !had.contains(label)).toList(),
            had.stream().filter(label -> !has.contains(label)).toList(),
            observation.statement().syntax().flags().contains(Syntax.Flag.PLACED)),
        old.name().toString(),
        List.of("type"),
        old.name().local());
  }

  private EffectSubject routine(SchemaChange change, Function now) {
    Optional<Function> before = as(change.before(), Function.class);
    Function old = before.orElse(now);
    boolean served =
        context
            .end()
            .functions()
            .anyMatch(f -> f.name().equals(old.name()) && f.arguments().equals(old.arguments()));
    return new EffectSubject(
        "routine",
        new RoutineChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(old.id()),
            before.map(FactMapper::routine).orElse(FactMapper.NO_ROUTINE),
            as(change.after(), Function.class)
                .map(FactMapper::routine)
                .orElse(FactMapper.NO_ROUTINE),
            served),
        old.name().toString(),
        List.of("function"),
        old.name().local());
  }

  private EffectSubject namespace(SchemaChange change, Namespace now) {
    Namespace old = as(change.before(), Namespace.class).orElse(now);
    return new EffectSubject(
        "schema",
        new NamespaceChange(
            change.event().id(),
            old.name().local(),
            change.after().map(object -> object.name().local()).orElse(""),
            context.existedBefore(old.id()),
            context
                .end()
                .objects()
                .anyMatch(o -> o instanceof Namespace && o.name().equals(old.name()))),
        old.name().local(),
        List.of("schema"),
        old.name().local());
  }

  private EffectSubject extension(SchemaChange change, Extension now) {
    return new EffectSubject(
        "extension",
        new ExtensionChange(
            change.event().id(),
            now.name().local(),
            context.existedBefore(now.id()),
            as(change.before(), Extension.class).map(Extension::version).orElse(""),
            as(change.after(), Extension.class).map(Extension::version).orElse("")),
        now.name().local(),
        List.of("extension"),
        now.name().local());
  }

  /** What production has, was dropped and is neither named nor part of something that is. */
  List<String> cascaded() {
    List<String> cascaded = new ArrayList<>();
    for (Effect effect : observation.effects()) {
      if (!(effect instanceof Effect.SchemaChanged changed)) {
        continue;
      }
      SchemaChange change = changed.change();
      if (lostDefault(change)) {
        cascaded.add(
            "default of column %s of %s"
                .formatted(
                    change.object().name().local(),
                    mapper.tableName(((Column) change.object()).table(), after)));
      }
      if (change.event() == Event.DROPPED
          && context.existedBefore(change.object().id())
          && !(change.withTable() && isPart(change.object()))
          && !isNamed(change.object(), effect.cause())) {
        words(change.object()).ifPresent(cascaded::add);
      }
    }
    return cascaded.stream().sorted().toList();
  }

  private static boolean isPart(SchemaObject object) {
    return object instanceof Column || object instanceof Constraint || object instanceof Trigger;
  }

  private Optional<String> words(SchemaObject dropped) {
    return switch (dropped) {
      // A partition goes with its table, CASCADE or not.
      case Table t ->
          t.isPartition() && t.parents().stream().anyMatch(p -> happenedTo(Event.DROPPED, p))
              ? Optional.empty()
              : Optional.of(t.kind().label() + " " + t.name());
      case Constraint c ->
          droppedColumnOf(c.table(), c.columns(), List.of())
                  || c.inherited()
                  || c.type() != Constraint.Type.FOREIGN_KEY
              ? Optional.empty()
              : Optional.of(part("foreign key", c, c.table()));
      case Column c -> c.local() ? Optional.of(part("column", c, c.table())) : Optional.empty();
      case Trigger t -> Optional.of(part("trigger", t, t.table()));
      case Function f -> Optional.of("function " + f.name());
      case Type t -> Optional.of("type " + t.name());
      case Extension e -> Optional.of("extension " + e.name());
      case Index unused -> Optional.empty();
      case Policy unused -> Optional.empty();
      case Grant unused -> Optional.empty();
      case Sequence unused -> Optional.empty();
      case Namespace unused -> Optional.empty();
    };
  }

  private String part(String kind, SchemaObject object, String table) {
    return "%s %s of %s".formatted(kind, object.name().local(), mapper.tableName(table, after));
  }

  /** Whether the statement, or the command inside it that dropped the object, says its name. */
  private boolean isNamed(SchemaObject object, Optional<Cause> cause) {
    String name = object.name().local();
    if (cause.isPresent()) {
      return cause.get().sql().toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }
    String kind =
        switch (object) {
          case Table unused -> "relation";
          case Sequence unused -> "relation";
          case Column unused -> "column";
          case Constraint unused -> "constraint";
          case Trigger unused -> "trigger";
          case Function unused -> "function";
          case Type unused -> "type";
          case Extension unused -> "extension";
          case Index unused -> "index";
          case Policy unused -> "policy";
          case Namespace unused -> "schema";
          case Grant unused -> "";
        };
    return observation.statement().syntax().parts().stream()
        .anyMatch(part -> part.name().equals(name) && part.kind().equals(kind));
  }

  /** Whether a DROP took the default of a column that stays: a sequence or function it called. */
  private boolean lostDefault(SchemaChange change) {
    return observation.statement().syntax().command().startsWith("DROP")
        && change.event() == Event.ALTERED
        && as(change.before(), Column.class).map(Column::hasDefault).orElse(false)
        && as(change.after(), Column.class).map(column -> !column.hasDefault()).orElse(false);
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

  private LockFacts lockOn(List<String> tables) {
    return held.stream()
        .filter(lock -> tables.contains(lock.relation().name()))
        .findFirst()
        .orElse(FactMapper.NO_LOCK);
  }

  private boolean happenedTo(Event event, String id) {
    return changes.stream()
        .anyMatch(change -> change.event() == event && change.object().id().equals(id));
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
