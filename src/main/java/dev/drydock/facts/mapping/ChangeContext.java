package dev.drydock.facts.mapping;

import dev.drydock.history.CodeMigration;
import dev.drydock.history.Migration;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Function;
import dev.drydock.schema.Grant;
import dev.drydock.schema.GrantTarget;
import dev.drydock.schema.Index;
import dev.drydock.schema.Name;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What is known of the change as a whole when one statement of it is looked at. */
final class ChangeContext {
  private final Schema base;
  private final Schema end;
  private final Indexes indexes;
  private final KeptPromises promises;
  private final ProductionNames production;
  private final KeyTypes keys;
  private final Successors successors;
  private final PassingViews passing;
  private final KeptOut keptOut;
  private final KeptTriggers keptTriggers;
  private final Refusals refusals;
  private final RowsGiven given;
  private final Copies copies;
  private final TableSizes sizes;
  private final List<CodeMigration> code;
  private final boolean apart;
  private final Set<String> before = new HashSet<>();
  private final List<Observation> order;
  private final Map<Integer, Schema> committed = new HashMap<>();

  /** Ids of the objects that each transaction created. */
  private final Map<Integer, Set<String>> created = new HashMap<>();

  ChangeContext(ReplayedHistory replayed, TableSizes sizes) {
    this.base = replayed.base();
    this.end = replayed.end();
    this.order = replayed.observations();
    this.indexes = new Indexes(end);
    this.promises = new KeptPromises(base, end);
    this.production = new ProductionNames(base);
    this.keys = new KeyTypes(base, end);
    this.successors = new Successors(base, end);
    this.passing = new PassingViews(base, end);
    this.keptOut = new KeptOut(base, end);
    this.keptTriggers = new KeptTriggers(base, end);
    this.refusals = new Refusals(end);
    this.given = new RowsGiven(end, order, before);
    this.copies = new Copies(base, end, order);
    this.sizes = sizes;
    this.code = replayed.history().code();
    this.apart = replayed.history().apart();
    base.objects().forEach(this::remember);
    for (Observation observation : order) {
      committed.put(observation.transaction(), observation.schema());
      Set<String> ids = created.computeIfAbsent(observation.transaction(), n -> new HashSet<>());
      observation
          .changes()
          .filter(change -> change.event() == SchemaChange.Event.CREATED)
          .forEach(change -> ids.add(change.object().id()));
    }
  }

  private void remember(SchemaObject object) {
    before.add(object.id());
    if (object instanceof Table table) {
      table.parts().forEach(part -> before.add(part.id()));
    }
  }

  Schema base() {
    return base;
  }

  Schema end() {
    return end;
  }

  /** What the indexes serve at the end. */
  Indexes indexes() {
    return indexes;
  }

  /** What it still promises at the end of what dropped constraints promised. */
  KeptPromises promises() {
    return promises;
  }

  /** What production calls by its own names. */
  ProductionNames production() {
    return production;
  }

  /** Its foreign keys that join columns of different types. */
  KeyTypes keys() {
    return keys;
  }

  /** What at its end bears the names of what was renamed or is gone. */
  Successors successors() {
    return successors;
  }

  /** What goes past row level security at its end. */
  PassingViews passing() {
    return passing;
  }

  /** Whom row level security keeps out at its end. */
  KeptOut keptOut() {
    return keptOut;
  }

  /** What at its end does what dropped triggers did. */
  KeptTriggers keptTriggers() {
    return keptTriggers;
  }

  /** What the server refuses at its end for the sake of publications. */
  Refusals refusals() {
    return refusals;
  }

  /** Names of the publications of production that send every column of the table to the end. */
  List<String> sendersOf(String table) {
    List<String> sending = refusals.sendersOf(table);
    return new Refusals(base()).sendersOf(table).stream().filter(sending::contains).toList();
  }

  /** What rows and values it gives to what it makes. */
  RowsGiven given() {
    return given;
  }

  /** What it copies from tables whose place the copies take. */
  Copies copies() {
    return copies;
  }

  /** The schema after the last statement of the transaction that {@code observation} is of. */
  Schema atCommit(Observation observation) {
    return committed.getOrDefault(observation.transaction(), observation.schema());
  }

  /** The size of the table in production, where it may have another name than by now. */
  TableSizes.Size size(String id) {
    return base.table(id).map(table -> sizes.of(table.name())).orElse(TableSizes.NOT_SAID);
  }

  /** Whether the change has a migration before this one that is not SQL and was passed over. */
  boolean followsCode(Migration migration) {
    return code.stream()
        .anyMatch(
            passedOver ->
                passedOver.pending() && passedOver.version().compareTo(migration.version()) < 0);
  }

  /** Whether releases may have come between the migrations of the change. */
  boolean comesApart() {
    return apart;
  }

  boolean existedBefore(String id) {
    return before.contains(id);
  }

  /** What the statement of the change did that made the object. */
  Optional<SchemaChange> asCreated(String id) {
    return order.stream()
        .flatMap(Observation::changes)
        .filter(change -> change.event() == SchemaChange.Event.CREATED)
        .filter(change -> change.object().id().equals(id))
        .findFirst();
  }

  /** Whether a relation has the name there and can be read: the one that had it, or another. */
  static boolean serves(Schema schema, Name name) {
    return schema.table(name).filter(Table::filled).isPresent();
  }

  /** Whether a column that the index needs is gone when the transaction ends. */
  boolean losesColumn(Index index, Observation observation) {
    return observation.schema().table(index.table()).stream()
        .flatMap(table -> table.columns().stream())
        .filter(column -> index.needs(column.name().local()))
        .anyMatch(column -> atCommit(observation).same(column).isEmpty());
  }

  /** The trigger of that name that production has on the table. */
  Optional<Trigger> inProduction(Trigger trigger) {
    return base.table(trigger.table()).stream()
        .flatMap(table -> table.triggers().stream())
        .filter(other -> other.name().local().equals(trigger.name().local()))
        .findFirst();
  }

  /**
   * Names of the foreign keys of production whose columns a partial index begins with, and which no
   * index serves at the end.
   */
  List<String> missedKeys(Index index) {
    return unservedKeys(
        index.table(),
        columns ->
            index.columns().size() >= columns.size()
                && index.columns().subList(0, columns.size()).equals(columns));
  }

  /**
   * Names of the foreign keys of production that an index served and that none serves at the end.
   */
  List<String> keysServedBy(Index gone) {
    return unservedKeys(gone.table(), columns -> Indexes.beginsWith(gone, columns));
  }

  private List<String> unservedKeys(String table, Predicate<List<String>> wanted) {
    return end.table(table).stream()
        .flatMap(Table::foreignKeys)
        .filter(key -> existedBefore(key.id()) && key.enforced())
        .filter(key -> wanted.test(key.columns()))
        .filter(key -> !indexes.isIndexed(table, key.columns()))
        .map(key -> key.name().local())
        .sorted()
        .toList();
  }

  /** What takes the place of an index that is dropped. */
  Optional<Replacements.Replacement> replacement(Index dropped, Observation observation) {
    return new Replacements(order).of(dropped, observation);
  }

  /** Whether a statement of that transaction created the constraint. */
  boolean isNewIn(int transaction, Constraint constraint) {
    return created.getOrDefault(transaction, Set.of()).contains(constraint.id());
  }

  /**
   * All that is given on the object of {@code grant} in {@code schema}. Default privileges are
   * another object once they have been taken away and given again.
   */
  static List<Grant> grantsOn(Schema schema, Grant grant) {
    return schema
        .object(grant.object())
        .or(
            () ->
                schema
                    .objects(GrantTarget.class)
                    .filter(target -> target.kind().equals("default privileges"))
                    .filter(target -> target.name().equals(grant.name()))
                    .findFirst())
        .map(SchemaObject::grants)
        .orElse(List.of());
  }

  /** Who may call the function at the end of the change, its owner apart. */
  List<String> mayCallAtEnd(Function function) {
    return end.object(function.id()).stream()
        .flatMap(object -> object.grants().stream())
        .map(Grant::grantee)
        .sorted()
        .toList();
  }

  /** What sort of object the right is on. */
  String grantedOn(Grant grant) {
    return end.object(grant.object())
        .or(() -> base.object(grant.object()))
        .map(
            object ->
                switch (object) {
                  case Table table -> table.kind().label();
                  case Sequence unused -> "sequence";
                  case Namespace unused -> "schema";
                  case Function function -> function.kind();
                  case GrantTarget target -> target.kind();
                  default -> "";
                })
        .orElse("");
  }
}
