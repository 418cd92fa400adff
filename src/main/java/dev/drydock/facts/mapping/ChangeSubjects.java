package dev.drydock.facts.mapping;

import dev.drydock.facts.ExtensionChange;
import dev.drydock.facts.GrantChange;
import dev.drydock.facts.LockFacts;
import dev.drydock.facts.NamespaceChange;
import dev.drydock.facts.RewriteFacts;
import dev.drydock.facts.RoleChange;
import dev.drydock.facts.ScanFacts;
import dev.drydock.facts.TableFacts;
import dev.drydock.facts.TriggerChange;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Extension;
import dev.drydock.schema.Function;
import dev.drydock.schema.Grant;
import dev.drydock.schema.GrantTarget;
import dev.drydock.schema.Index;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Publication;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the schema changes of one statement into the facts of their kind. */
final class ChangeSubjects {
  private final FactMapper mapper;
  private final ChangeContext context;
  private final Observation observation;
  private final StatementChanges changes;
  private final TablePartSubjects parts;
  private final Schema after;

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
    this.changes = new StatementChanges(observation, held);
    this.parts = new TablePartSubjects(mapper, context, observation, changes, scans, rewrites);
    this.after = observation.schema();
  }

  /** The facts of a change; empty for bookkeeping of the server that no rule should see. */
  Optional<EffectSubject> of(SchemaChange change) {
    return switch (change.object()) {
      case Table table ->
          Optional.of(new TableSubject(mapper, context, observation, changes).of(change, table));
      case Column column -> Optional.of(parts.column(change, column));
      // A column says by itself that it is NOT NULL; from 18 on the catalog has a constraint
      // besides, which says more only where it was added NOT VALID.
      case Constraint constraint ->
          constraint.type() == Constraint.Type.NOT_NULL && !isPutOff(change)
              ? Optional.empty()
              : Optional.of(parts.constraint(change, constraint));
      case Index index -> Optional.of(parts.index(change, index));
      case Trigger trigger -> Optional.of(trigger(change, trigger, Optional.empty()));
      case Policy policy ->
          Optional.of(new PolicySubject(mapper, context, changes, after).of(change, policy));
      case Grant grant -> Optional.of(grant(change, grant));
      case Sequence sequence ->
          Optional.of(new SequenceSubject(mapper, context, changes, after).of(change, sequence));
      case Type type -> Optional.of(new TypeSubject(context, observation).of(change, type));
      case Function function ->
          Optional.of(new RoutineSubject(context, observation).of(change, function));
      case Namespace namespace -> Optional.of(namespace(change, namespace));
      case Extension extension -> Optional.of(extension(change, extension));
      case Publication publication ->
          Optional.of(new PublicationSubject(context, observation).of(change, publication));
      // The grants on it come by themselves.
      case GrantTarget target ->
          target.kind().equals("role") ? Optional.of(role(change, target)) : Optional.empty();
    };
  }

  /** Whether it is added, or proved, after nobody had looked at the rows that are there. */
  private static boolean isPutOff(SchemaChange change) {
    return change.event() != SchemaChange.Event.DROPPED
        && change
            .before(Constraint.class)
            .or(() -> change.after(Constraint.class))
            .filter(constraint -> !constraint.validated())
            .isPresent();
  }

  /** What becomes of other objects by the change, though nothing about themselves is another. */
  List<EffectSubject> besides(SchemaChange change) {
    return switch (change.object()) {
      case Column column
          when change
              .before(Column.class)
              .filter(old -> !old.type().equals(column.type()))
              .isPresent() ->
          parts.outgrown(column);
      case Function function ->
          change
              .before(Function.class)
              .filter(old -> !old.body().equals(function.body()))
              .map(this::fedBy)
              .orElse(List.of());
      default -> List.of();
    };
  }

  /**
   * Columns of a table that the statement writes anew and whose values a USING expression replaces,
   * while nothing about the column itself is another.
   */
  List<EffectSubject> replaced(Relation rewritten) {
    return changes.owner(rewritten.id()).stream()
        .flatMap(table -> table.columns().stream())
        .filter(column -> Conversion.isSaid("replaced", observation.statement().syntax(), column))
        .filter(column -> !changes.happenedTo(SchemaChange.Event.ALTERED, column.id()))
        .map(
            column ->
                parts.column(
                    new SchemaChange(
                        SchemaChange.Event.ALTERED,
                        Optional.of(column),
                        Optional.of(column),
                        false),
                    column))
        .toList();
  }

  /** Triggers of production that do something else because their function is written anew. */
  private List<EffectSubject> fedBy(Function written) {
    return context
        .end()
        .tables()
        .flatMap(table -> table.triggers().stream())
        .filter(trigger -> trigger.function().equals(written.id()))
        .filter(trigger -> context.existedBefore(trigger.id()))
        .map(
            trigger ->
                trigger(
                    new SchemaChange(
                        SchemaChange.Event.ALTERED,
                        Optional.of(trigger),
                        Optional.of(trigger),
                        false),
                    trigger,
                    Optional.of(written)))
        .map(
            subject ->
                new EffectSubject(
                    subject.each(),
                    subject.facts(),
                    subject.object(),
                    List.of("function"),
                    written.name().local()))
        .toList();
  }

  /**
   * @param written its function as it was before the statement wrote it anew, where that is all
   */
  private EffectSubject trigger(SchemaChange change, Trigger now, Optional<Function> written) {
    Optional<Trigger> before = change.before(Trigger.class);
    Optional<Trigger> later = change.after(Trigger.class);
    Trigger old = before.orElse(now);
    TableFacts table = mapper.table(changes.owner(now.table()), after);
    Optional<Trigger> atEnd = context.end().same(now);
    Optional<Trigger> known = context.inProduction(now);
    List<String> unlike = new ArrayList<>();
    known
        .filter(other -> !other.firing().equals(now.firing()))
        .ifPresent(other -> unlike.add("fires"));
    known
        .filter(other -> !other.function().equals(now.function()))
        // One that was dropped and made anew is replaced, as with CREATE OR REPLACE FUNCTION.
        .filter(other -> !functionName(other, context.base()).equals(functionName(now, after)))
        .ifPresent(other -> unlike.add("function"));
    return new EffectSubject(
        "trigger",
        new TriggerChange(
            change.event().id(),
            old.name().local(),
            context.existedBefore(old.id()),
            table,
            changes.lockOn(List.of(table.name())),
            before.map(Trigger::enabled).orElse(false),
            later.map(Trigger::enabled).orElse(false),
            context.atCommit(observation).same(now).map(Trigger::enabled).orElse(false),
            atEnd.map(Trigger::enabled).orElse(false),
            now.definition(),
            now.fires(),
            functionName(now, after),
            context
                .end()
                .object(now.function(), Function.class)
                .map(TriggerReturns::of)
                .orElse(List.of()),
            unlike,
            known.map(Trigger::fires).orElse(""),
            known.map(other -> functionName(other, context.base())).orElse(""),
            change.event() == SchemaChange.Event.DROPPED && context.keptTriggers().isKept(now),
            change.withTable(),
            atEnd.isPresent(),
            written.isPresent(),
            written.map(TriggerReturns::of).orElse(List.of())),
        table.name() + "." + old.name().local(),
        List.of("trigger"),
        old.name().local());
  }

  private static String functionName(Trigger trigger, Schema schema) {
    return schema.object(trigger.function()).map(f -> f.name().toString()).orElse("");
  }

  private EffectSubject grant(SchemaChange change, Grant now) {
    List<String> had = change.before(Grant.class).map(Grant::privileges).orElse(List.of());
    List<String> has = change.after(Grant.class).map(Grant::privileges).orElse(List.of());
    // A right on a column goes with the column, and has the name it is given.
    Set<String> other =
        changes.list().stream()
            .filter(c -> c.object() instanceof Column column && column.table().equals(now.object()))
            .flatMap(c -> Stream.of(c.before(), c.after()).flatMap(Optional::stream))
            .map(column -> "(" + column.name().local() + ")")
            .collect(Collectors.toSet());
    Predicate<String> lasts = privilege -> other.stream().noneMatch(privilege::endsWith);
    List<String> given =
        has.stream().filter(privilege -> !had.contains(privilege)).filter(lasts).toList();
    List<String> taken =
        had.stream().filter(privilege -> !has.contains(privilege)).filter(lasts).toList();
    List<Grant> inProduction = ChangeContext.grantsOn(context.base(), now);
    List<Grant> atEnd = ChangeContext.grantsOn(context.end(), now);
    Predicate<String> wasThere =
        privilege -> Roles.isGivenTo(now.grantee(), privilege, inProduction);
    Predicate<String> stays =
        privilege -> ownsAtEnd(now) || Roles.isGivenTo(now.grantee(), privilege, atEnd);
    return new EffectSubject(
        "grant",
        new GrantChange(
            now.name().toString(),
            context.grantedOn(now),
            context.existedBefore(now.object()),
            now.grantee(),
            given,
            taken,
            taken.stream().filter(wasThere).filter(stays.negate()).toList(),
            given.stream().filter(stays).filter(wasThere.negate()).toList(),
            change.withTable()),
        now.name() + " to " + now.grantee(),
        List.of("relation"),
        now.name().local());
  }

  /** An owner needs no grant, so those it had before are gone when it becomes one. */
  private boolean ownsAtEnd(Grant grant) {
    return Stream.concat(
            context.end().table(grant.object()).map(Table::owner).stream(),
            context.end().object(grant.object(), Namespace.class).map(Namespace::owner).stream())
        .anyMatch(grant.grantee()::equals);
  }

  private EffectSubject role(SchemaChange change, GrantTarget now) {
    GrantTarget old = change.before(GrantTarget.class).orElse(now);
    Optional<GrantTarget> known = context.base().object(old.id(), GrantTarget.class);
    return new EffectSubject(
        "role",
        new RoleChange(
            change.event().id(),
            old.name().local(),
            context.existedBefore(old.id()),
            known.map(GrantTarget::login).orElse(false),
            context
                .end()
                .objects(GrantTarget.class)
                .filter(other -> other.kind().equals(now.kind()))
                .filter(other -> other.name().equals(known.orElse(old).name()))
                .anyMatch(GrantTarget::login),
            !now.password().isEmpty() && !now.password().equals(old.password()),
            now.password().isEmpty() && !old.password().isEmpty()),
        old.name().local(),
        List.of("role"),
        old.name().local());
  }

  private EffectSubject namespace(SchemaChange change, Namespace now) {
    Namespace old = change.before(Namespace.class).orElse(now);
    return new EffectSubject(
        "schema",
        new NamespaceChange(
            change.event().id(),
            old.name().local(),
            change.after().map(object -> object.name().local()).orElse(""),
            context.production().schema(old.id()),
            context.existedBefore(old.id()),
            context
                .end()
                .objects(Namespace.class)
                .anyMatch(other -> other.name().equals(old.name()))),
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
            change.before(Extension.class).map(Extension::version).orElse(""),
            change.after(Extension.class).map(Extension::version).orElse("")),
        now.name().local(),
        List.of("extension"),
        now.name().local());
  }

  /** What production has, was dropped and is neither named nor part of something that is. */
  List<String> cascaded() {
    return new Cascade(mapper, context, observation, changes).words();
  }
}
