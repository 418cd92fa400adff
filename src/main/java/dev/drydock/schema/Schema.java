package dev.drydock.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The schema of a database at one moment: tables with what hangs on them, sequences, types,
 * functions, schemas, extensions, and what else rights are given on.
 *
 * <p>Immutable. A later snapshot shares what did not change with the one it was made from, so that
 * taking one after each statement costs what the statement touched.
 */
public final class Schema {
  /**
   * Objects that a snapshot keeps apart from the one it shares: each later snapshot copies them,
   * and a dump of a schema has thousands of statements, each with a snapshot.
   */
  private static final int MOST_NEWER = 100;

  private final Map<String, SchemaObject> base;
  private final Map<String, Optional<SchemaObject>> overlay;

  private Schema(Map<String, SchemaObject> base, Map<String, Optional<SchemaObject>> overlay) {
    this.base = base;
    this.overlay = overlay;
  }

  /** A snapshot of {@code objects}; those that hang on a table are inside their {@link Table}. */
  public static Schema of(Collection<? extends SchemaObject> objects) {
    Map<String, SchemaObject> byId = new LinkedHashMap<>();
    objects.forEach(object -> byId.put(object.id(), object));
    return new Schema(Collections.unmodifiableMap(byId), Map.of());
  }

  /**
   * This snapshot with the objects of {@code touched} replaced.
   *
   * @param touched what is there now under each id, absent for an object that is gone
   */
  public Schema with(Map<String, Optional<SchemaObject>> touched) {
    if (touched.isEmpty()) {
      return this;
    }
    Map<String, Optional<SchemaObject>> merged = new LinkedHashMap<>(overlay);
    merged.putAll(touched);
    return merged.size() > MOST_NEWER
        ? new Schema(folded(merged), Map.of())
        : new Schema(base, Collections.unmodifiableMap(merged));
  }

  private Map<String, SchemaObject> folded(Map<String, Optional<SchemaObject>> newer) {
    Map<String, SchemaObject> folded = new LinkedHashMap<>(base);
    newer.forEach(
        (id, object) ->
            object.ifPresentOrElse(now -> folded.put(id, now), () -> folded.remove(id)));
    return Collections.unmodifiableMap(folded);
  }

  /** The object with that id, unless it is one that hangs on a table. */
  public Optional<SchemaObject> object(String id) {
    Optional<SchemaObject> newer = overlay.get(id);
    return newer != null ? newer : Optional.ofNullable(base.get(id));
  }

  /** The same, when it is of that type. */
  public <T extends SchemaObject> Optional<T> object(String id, Class<T> type) {
    return object(id).filter(type::isInstance).map(type::cast);
  }

  /** The table or view with that id. */
  public Optional<Table> table(String id) {
    return object(id, Table.class);
  }

  /** The table or view of that name. */
  public Optional<Table> table(Name name) {
    return tables().filter(table -> table.name().equals(name)).findFirst();
  }

  /** Every object that does not hang on a table, in no order a report should rely on. */
  public Stream<SchemaObject> objects() {
    return Stream.concat(
        base.values().stream().filter(object -> !overlay.containsKey(object.id())),
        overlay.values().stream().flatMap(Optional::stream));
  }

  /** Those of them that are of that type. */
  public <T extends SchemaObject> Stream<T> objects(Class<T> type) {
    return objects().filter(type::isInstance).map(type::cast);
  }

  /** Tables and views, in no order a report should rely on. */
  public Stream<Table> tables() {
    return objects(Table.class);
  }

  /** Functions of every kind, procedures included, in no order a report should rely on. */
  public Stream<Function> functions() {
    return objects(Function.class);
  }

  /** The column as it is here, under whichever name. */
  public Optional<Column> same(Column column) {
    return same(column, Table::columns);
  }

  /** The index as it is here, under whichever name. */
  public Optional<Index> same(Index index) {
    return same(index, Table::indexes);
  }

  /** The constraint as it is here, under whichever name. */
  public Optional<Constraint> same(Constraint constraint) {
    return same(constraint, Table::constraints);
  }

  /** The trigger as it is here, under whichever name. */
  public Optional<Trigger> same(Trigger trigger) {
    return same(trigger, Table::triggers);
  }

  private <T extends TablePart> Optional<T> same(
      T part, java.util.function.Function<Table, List<T>> parts) {
    return table(part.table()).stream()
        .flatMap(found -> parts.apply(found).stream())
        .filter(other -> other.id().equals(part.id()))
        .findFirst();
  }
}
