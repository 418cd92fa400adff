package dev.drydock.facts.mapping;

import dev.drydock.facts.PublicationChange;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Name;
import dev.drydock.schema.Publication;
import dev.drydock.schema.Publication.Member;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Turns the change of a publication into facts. */
final class PublicationSubject {
  private final ChangeContext context;
  private final Observation observation;

  PublicationSubject(ChangeContext context, Observation observation) {
    this.context = context;
    this.observation = observation;
  }

  EffectSubject of(SchemaChange change, Publication now) {
    Publication old = change.before(Publication.class).orElse(now);
    Optional<Publication> known = context.base().object(old.id(), Publication.class);
    Name name = known.orElse(old).name();
    Optional<Publication> served = named(name, context.end());
    return new EffectSubject(
        "publication",
        new PublicationChange(
            change.event().id(),
            old.name().local(),
            context.existedBefore(old.id()),
            served.isPresent(),
            named(name, context.atCommit(observation)).isPresent(),
            known.map(had -> lostTables(had, served)).orElse(List.of()),
            known.map(had -> lostCommands(had, served)).orElse(List.of()),
            known.map(had -> lostColumns(had, served)).orElse(List.of()),
            known.map(had -> filteredTables(had, served)).orElse(List.of())),
        old.name().local(),
        List.of("publication"),
        old.name().local());
  }

  private static Optional<Publication> named(Name name, Schema schema) {
    return schema.objects(Publication.class).filter(p -> p.name().equals(name)).findFirst();
  }

  private List<String> lostTables(Publication known, Optional<Publication> served) {
    Refusals then = new Refusals(context.base());
    Refusals end = new Refusals(context.end());
    List<Table> lost =
        context
            .base()
            .tables()
            .filter(table -> !table.isView() && then.has(known, table))
            .filter(
                table ->
                    context
                        .end()
                        .table(table.id())
                        .filter(left -> served.stream().noneMatch(p -> end.sends(p, left)))
                        .isPresent())
            .toList();
    List<String> ids = lost.stream().map(Table::id).toList();
    return lost.stream()
        .filter(table -> !table.isPartition() || table.parents().stream().noneMatch(ids::contains))
        .map(table -> table.name().toString())
        .sorted()
        .toList();
  }

  private static List<String> lostCommands(Publication known, Optional<Publication> served) {
    List<String> lost = new ArrayList<>();
    if (known.updates() && served.filter(p -> !p.updates()).isPresent()) {
      lost.add("UPDATE");
    }
    if (known.deletes() && served.filter(p -> !p.deletes()).isPresent()) {
      lost.add("DELETE");
    }
    return lost;
  }

  private List<String> lostColumns(Publication known, Optional<Publication> served) {
    List<String> lost = new ArrayList<>();
    for (Member sent : listed(served, m -> !m.columns().isEmpty())) {
      Optional<Table> table = context.base().table(sent.table());
      Optional<Table> left = context.end().table(sent.table());
      if (table.isEmpty() || left.isEmpty() || !had(known, table.get())) {
        continue;
      }
      List<String> columns = member(known, sent.table()).map(Member::columns).orElse(List.of());
      List<String> gone =
          table.get().columns().stream()
              .map(column -> column.name().local())
              .filter(name -> columns.isEmpty() || columns.contains(name))
              .filter(name -> left.get().column(name).isPresent() && !sent.columns().contains(name))
              .toList();
      if (!gone.isEmpty()) {
        lost.add("%s (%s)".formatted(table.get().name(), String.join(", ", gone)));
      }
    }
    return lost.stream().sorted().toList();
  }

  private List<String> filteredTables(Publication known, Optional<Publication> served) {
    return listed(served, m -> !m.condition().isEmpty()).stream()
        .filter(
            sent ->
                !member(known, sent.table())
                    .map(Member::condition)
                    .orElse("")
                    .equals(sent.condition()))
        .flatMap(sent -> context.base().table(sent.table()).stream())
        .filter(table -> had(known, table))
        .map(table -> table.name().toString())
        .sorted()
        .toList();
  }

  private boolean had(Publication known, Table table) {
    return new Refusals(context.base()).has(known, table);
  }

  private static Optional<Member> member(Publication publication, String table) {
    return publication.members().stream().filter(m -> m.table().equals(table)).findFirst();
  }

  private static List<Member> listed(Optional<Publication> served, Predicate<Member> chosen) {
    return served.map(Publication::members).orElse(List.of()).stream().filter(chosen).toList();
  }
}
