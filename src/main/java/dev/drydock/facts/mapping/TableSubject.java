package dev.drydock.facts.mapping;

import dev.drydock.facts.TableChange;
import dev.drydock.facts.TableFacts;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Name;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.Table;
import java.util.List;
import java.util.Optional;

/** Turns what one statement changed of a table or view into facts. */
final class TableSubject {
  private final FactMapper mapper;
  private final ChangeContext context;
  private final Observation observation;
  private final StatementChanges changes;
  private final Schema after;

  TableSubject(
      FactMapper mapper, ChangeContext context, Observation observation, StatementChanges changes) {
    this.mapper = mapper;
    this.context = context;
    this.observation = observation;
    this.changes = changes;
    this.after = observation.schema();
  }

  EffectSubject of(SchemaChange change, Table now) {
    Optional<Table> before = change.before(Table.class);
    Table old = before.orElse(now);
    TableFacts later = mapper.table(change.after(Table.class), after);
    // Of one that is gone, the name that is missed is the one that production has.
    Name known =
        change.event() == SchemaChange.Event.DROPPED
            ? context.base().table(now.id()).map(Table::name).orElse(old.name())
            : old.name();
    SearchPaths.Hidden hidden =
        before.filter(table -> table.name().equals(now.name())).isEmpty()
            ? new SearchPaths(context.base(), context.end()).behind(now)
            : new SearchPaths.Hidden(List.of(), List.of());
    return new EffectSubject(
        now.isView() ? "view" : "table",
        new TableChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(now.id()),
            mapper.table(before, after),
            later,
            changes.lockOn(List.of(old.name().toString(), now.name().toString())),
            ChangeContext.serves(context.end(), known),
            ChangeContext.serves(context.atCommit(observation), old.name()),
            context
                .successors()
                .of(old)
                .map(t -> mapper.table(Optional.of(t), context.end()))
                .orElse(FactMapper.NO_TABLE),
            context.successors().standIn(old, now).map(v -> v.name().toString()).orElse(""),
            context.successors().of(old).filter(context.given()::isLeftEmpty).isPresent(),
            context.successors().followers(old),
            context.successors().lostColumns(old),
            context.successors().lostGrants(old),
            context.successors().lostGuards(old),
            context.successors().wanted(old),
            context.successors().lostByOwner(now),
            mapper.table(context.base().table(now.id()), context.base()),
            mapper.table(context.end().table(now.id()), context.end()),
            now.isView()
                ? context.end().table(now.id()).map(context.passing()::secured).orElse(List.of())
                : List.of(),
            passedBy(before, now),
            before.map(table -> context.keptOut().rights(table, now)).orElse(List.of()),
            now.isView() ? context.keptOut().writers(now) : List.of(),
            hidden.tables(),
            hidden.roles(),
            changes.happenedAbove(change.event(), now),
            changes.below(change.event(), now)),
        old.name().toString(),
        List.of("relation"),
        old.name().local());
  }

  private List<String> passedBy(Optional<Table> before, Table now) {
    boolean closed = now.rowSecurity() && before.filter(t -> !t.rowSecurity()).isPresent();
    return context
        .end()
        .table(now.id())
        .filter(table -> closed && table.rowSecurity())
        .map(context.passing()::of)
        .orElse(List.of());
  }
}
