package dev.drydock.facts.mapping;

import dev.drydock.facts.RefusalFacts;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Publication;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.source.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The tables whose rows the server no longer lets anybody change, for a publication's sake. */
final class Refusals {
  /**
   * Why one publication has the server refuse changes of a table's rows.
   *
   * @param lacks as {@link RefusalFacts} has it
   */
  private record Reason(Publication publication, String lacks, List<String> columns) {}

  private final Schema schema;
  private final List<Publication> publications;

  Refusals(Schema schema) {
    this.schema = schema;
    this.publications =
        schema
            .objects(Publication.class)
            .filter(publication -> publication.updates() || publication.deletes())
            .sorted(Comparator.comparing(publication -> publication.name().local()))
            .toList();
  }

  static List<Subject> subjects(
      ReplayedHistory replayed, ChangeContext context, FactMapper mapper) {
    Refusals end = context.refusals();
    if (end.publications.isEmpty()) {
      return List.of();
    }
    List<Schema> states = new ArrayList<>(List.of(replayed.base()));
    List<Observation> order = replayed.observations();
    order.forEach(observation -> states.add(observation.schema()));
    List<Subject> subjects = new ArrayList<>();
    replayed
        .end()
        .tables()
        .filter(table -> !end.reasons(table).isEmpty())
        .sorted(Comparator.comparing(table -> table.name().toString()))
        .forEach(
            table -> {
              List<String> commands = new ArrayList<>(end.of(table.id()));
              commands.removeAll(new Refusals(replayed.base()).of(table.id()));
              for (int i = order.size(); i > 0 && !commands.isEmpty(); i--) {
                if (!new Refusals(states.get(i - 1)).of(table.id()).containsAll(commands)) {
                  subjects.add(end.subject(table, commands, order.get(i - 1), context, mapper));
                  return;
                }
              }
            });
    return subjects;
  }

  private Subject subject(
      Table table,
      List<String> commands,
      Observation at,
      ChangeContext context,
      FactMapper mapper) {
    List<Reason> reasons =
        reasons(table).stream()
            .filter(reason -> commands(reason).stream().anyMatch(commands::contains))
            .toList();
    String lacks = reasons.getFirst().lacks();
    List<Reason> alike = reasons.stream().filter(r -> r.lacks().equals(lacks)).toList();
    RefusalFacts facts =
        new RefusalFacts(
            mapper.table(Optional.of(table), context.end()),
            commands,
            alike.stream().map(reason -> reason.publication().name().local()).toList(),
            lacks,
            alike.stream().flatMap(reason -> reason.columns().stream()).distinct().toList());
    Location location =
        Pointer.at(
            at.statement(),
            Optional.empty(),
            List.of("relation"),
            at.schema().table(table.id()).orElse(table).name().local());
    return Subject.broughtAboutBy(
        at.statement(), "refusal", facts, table.name().toString(), location, List.of());
  }

  /** What the server refuses of the table with that id: {@code UPDATE}, {@code DELETE}. */
  List<String> of(String id) {
    Set<String> commands = new LinkedHashSet<>();
    schema.table(id).map(this::reasons).stream()
        .flatMap(List::stream)
        .flatMap(reason -> commands(reason).stream())
        .forEach(commands::add);
    return Stream.of("UPDATE", "DELETE").filter(commands::contains).toList();
  }

  private static List<String> commands(Reason reason) {
    List<String> commands = new ArrayList<>();
    if (reason.publication().updates()) {
      commands.add("UPDATE");
    }
    if (reason.publication().deletes()) {
      commands.add("DELETE");
    }
    return commands;
  }

  /**
   * The server asks it of the tables that hold the rows, as PostgreSQL's {@code
   * CheckCmdReplicaIdentity} has it; of unlogged ones nothing is sent.
   */
  private List<Reason> reasons(Table table) {
    if (table.kind() != Table.Kind.TABLE || !table.persistence().equals("permanent")) {
      return List.of();
    }
    List<Table> lineage = lineage(table);
    List<String> identity = identity(table);
    List<Reason> reasons = new ArrayList<>();
    for (Publication publication : publications) {
      if (sends(publication, table)) {
        reason(publication, table, lineage, identity).ifPresent(reasons::add);
      }
    }
    return reasons;
  }

  private static Optional<Reason> reason(
      Publication publication, Table table, List<Table> lineage, List<String> identity) {
    boolean whole = table.replicaIdentity().equals("f");
    if (identity.isEmpty() && !whole) {
      return Optional.of(new Reason(publication, "identity", List.of()));
    }
    if (publication.everything()) {
      return Optional.empty();
    }
    Optional<Publication.Member> member = sentAs(publication, table, lineage);
    List<String> unknown =
        member.map(Publication.Member::filter).orElse(List.of()).stream()
            .filter(column -> !identity.contains(column))
            .toList();
    List<String> sent = member.map(Publication.Member::columns).orElse(List.of());
    List<String> unsent = identity.stream().filter(column -> !sent.contains(column)).toList();
    if (!unknown.isEmpty()) {
      return Optional.of(new Reason(publication, "filter", unknown));
    }
    if (sent.isEmpty() || (unsent.isEmpty() && !whole)) {
      return Optional.empty();
    }
    return Optional.of(
        whole
            ? new Reason(publication, "list", List.of())
            : new Reason(publication, "columns", unsent));
  }

  /** The table by which filter and columns are found: with the root, the one that is highest. */
  private static Optional<Publication.Member> sentAs(
      Publication publication, Table table, List<Table> lineage) {
    List<Table> named =
        lineage.stream().filter(one -> member(publication, one).isPresent()).toList();
    return publication.throughRoot() && !named.isEmpty()
        ? member(publication, named.getLast())
        : member(publication, table);
  }

  private static Optional<Publication.Member> member(Publication publication, Table table) {
    return publication.members().stream().filter(m -> m.table().equals(table.id())).findFirst();
  }

  /** Whether it sends what befalls the table, by itself or as of one above. */
  boolean sends(Publication publication, Table table) {
    return lineage(table).stream().anyMatch(one -> has(publication, one));
  }

  /** Names of the publications that send every column of the table with that id. */
  List<String> sendersOf(String id) {
    return schema.table(id).stream()
        .filter(table -> table.persistence().equals("permanent"))
        .flatMap(
            table ->
                publications.stream()
                    .filter(publication -> sends(publication, table))
                    .filter(
                        publication ->
                            lineage(table).stream()
                                .flatMap(one -> member(publication, one).stream())
                                .allMatch(member -> member.columns().isEmpty())))
        .map(publication -> publication.name().local())
        .toList();
  }

  boolean has(Publication publication, Table table) {
    return publication.everything()
        || member(publication, table).isPresent()
        || publication.schemas().stream()
            .flatMap(id -> schema.object(id).stream())
            .anyMatch(space -> space.name().local().equals(table.name().schema()));
  }

  /** The table and, of a partition, those above it, from below. */
  private List<Table> lineage(Table table) {
    List<Table> lineage = new ArrayList<>(List.of(table));
    for (Table at = table; at.isPartition() && !at.parents().isEmpty(); ) {
      Optional<Table> above = schema.table(at.parents().getFirst());
      if (above.isEmpty()) {
        break;
      }
      at = above.get();
      lineage.add(at);
    }
    return lineage;
  }

  /** A primary key that may be checked later says nothing of a row meanwhile. */
  private static List<String> identity(Table table) {
    Predicate<Constraint> later = Constraint::deferrable;
    return table.replicaIdentity().equals("d") && table.primaryKey().filter(later).isPresent()
        ? List.of()
        : FactMapper.identityColumns(table);
  }
}
