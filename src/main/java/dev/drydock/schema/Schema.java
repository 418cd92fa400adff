package dev.drydock.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
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

  /** The table or view with that id. */
  public Optional<Table> table(String id) {
    return object(id).filter(Table.class::isInstance).map(Table.class::cast);
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

  /** Tables and views, in no order a report should rely on. */
  public Stream<Table> tables() {
    return objects().filter(Table.class::isInstance).map(Table.class::cast);
  }

  /** Functions of every kind, procedures included, in no order a report should rely on. */
  public Stream<Function> functions() {
    return objects().filter(Function.class::isInstance).map(Function.class::cast);
  }
}
