package dev.drydock.engine.postgres.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.replay.Relation;
import dev.drydock.schema.Index;
import dev.drydock.schema.Name;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The schema of the database under observation, brought up to date after each statement. */
public final class LiveSchema {
  private final CatalogReader reader;
  private final Schema base;
  private final Set<String> existedBefore = new HashSet<>();
  private final Map<Long, Relation> relations = new HashMap<>();
  private final CarriedIds carried = new CarriedIds();
  private Schema current;
  private long afterNewest;

  /**
   * @param objects all there are in the beginning
   */
  LiveSchema(CatalogReader reader, List<SchemaObject> objects) {
    this.reader = reader;
    this.base = Schema.of(objects);
    this.current = base;
    objects.forEach(object -> existedBefore.add(object.id()));
    base.tables()
        .flatMap(table -> table.indexes().stream())
        .forEach(i -> existedBefore.add(i.id()));
    objects.forEach(this::remember);
  }

  public Schema base() {
    return base;
  }

  public Schema current() {
    return current;
  }

  /** Goes back to an earlier state after a transaction was rolled back. */
  public void reset(Schema earlier) {
    current = earlier;
  }

  /** The table that has the relation with this oid: itself, or the one an index is on. */
  long owner(long oid) {
    Relation relation = relations.get(oid);
    return relation == null || relation.table().isEmpty() ? oid : Long.parseLong(relation.table());
  }

  /** The lowest oid above those of all relations so far. */
  long afterNewest() {
    return afterNewest;
  }

  /** What is known of a relation, also of one that is gone by now. */
  Optional<Relation> relation(long oid) {
    return Optional.ofNullable(relations.get(oid));
  }

  /** The oid that the relation with this id has now. */
  long oid(String id) {
    return Long.parseLong(carried.inCatalog(id));
  }

  /** The id of the object that the event is about. */
  String known(DdlEvent event) {
    return carried.known(event.schemaId());
  }

  /** Whether one of the events tells that the object with an id was dropped. */
  Predicate<String> drops(List<DdlEvent> events) {
    return events.stream()
            .filter(event -> event.kind() == DdlEvent.Kind.DROP)
            .map(this::known)
            .collect(Collectors.toSet())
        ::contains;
  }

  /** Takes in the relations that the probe saw and the schema does not list, such as indexes. */
  void remember(JsonNode probed) {
    for (JsonNode r : probed) {
      long oid = r.get(0).asLong();
      String id = r.get(0).asText();
      afterNewest = Math.max(afterNewest, oid + 1);
      relations.computeIfAbsent(
          oid,
          unused ->
              new Relation(
                  id,
                  new Name(r.get(1).asText(), r.get(2).asText()),
                  kind(r.get(3).asText()),
                  r.get(9).isNull() ? "" : r.get(9).asText(),
                  existedBefore.contains(id)));
    }
  }

  /**
   * Replaces what may have changed.
   *
   * @param touched oids of relations that were read again
   * @param relationsAnswer what {@code drydock.relations()} says of them now
   * @param others what {@code drydock.others()} was asked for
   * @param othersAnswer what it says now
   * @param dropped tells of an id whether the server reported a drop of the object
   * @return ids of all objects that were read again
   */
  Set<String> update(
      Collection<Long> touched,
      String relationsAnswer,
      OtherObjects others,
      String othersAnswer,
      Predicate<String> dropped) {
    Map<String, Optional<SchemaObject>> replaced = new LinkedHashMap<>();
    touched.stream().sorted().forEach(oid -> replaced.put(String.valueOf(oid), Optional.empty()));
    for (SchemaObject object : known(reader.relations(relationsAnswer), dropped)) {
      replaced.put(object.id(), Optional.of(object));
      remember(object);
    }
    replaced
        .entrySet()
        .removeIf(e -> e.getValue().isEmpty() && current.object(e.getKey()).isEmpty());
    if (others.any()) {
      current
          .objects()
          .filter(others::include)
          .forEach(object -> replaced.put(object.id(), Optional.empty()));
      for (SchemaObject object : reader.others(othersAnswer)) {
        replaced.put(object.id(), Optional.of(object));
      }
    }
    current = current.with(differing(replaced));
    return replaced.keySet();
  }

  /** The objects with the ids that their indexes and constraints are known by. */
  private List<SchemaObject> known(List<SchemaObject> read, Predicate<String> dropped) {
    for (SchemaObject object : read) {
      if (object instanceof Table now) {
        current.table(now.id()).ifPresent(before -> carried.learn(before, now, dropped));
      }
    }
    return read.stream()
        .map(object -> object instanceof Table t ? carried.named(t) : object)
        .toList();
  }

  /** What was read again and is as it was need not be kept a second time. */
  private Map<String, Optional<SchemaObject>> differing(
      Map<String, Optional<SchemaObject>> readAgain) {
    Map<String, Optional<SchemaObject>> differing = new LinkedHashMap<>();
    readAgain.forEach(
        (id, now) -> {
          Optional<SchemaObject> before = current.object(id);
          if (!now.equals(before)) {
            differing.put(id, now.map(object -> sharing(object, before)));
          }
        });
    return differing;
  }

  private static SchemaObject sharing(SchemaObject now, Optional<SchemaObject> before) {
    return now instanceof Table table && before.orElse(null) instanceof Table earlier
        ? table.sharing(earlier)
        : now;
  }

  /** Oids of the tables, views and sequences there are. */
  Set<Long> relations() {
    Set<Long> oids = new TreeSet<>();
    current
        .objects()
        .filter(object -> object instanceof Table || object instanceof Sequence)
        .forEach(relation -> oids.add(Long.valueOf(relation.id())));
    return oids;
  }

  private void remember(SchemaObject object) {
    if (object instanceof Table table) {
      put(table.id(), table.name(), Relation.Kind.of(table.kind()), "");
      for (Index index : table.indexes()) {
        put(
            index.id(),
            index.name(),
            index.partitioned() ? Relation.Kind.PARTITIONED_INDEX : Relation.Kind.INDEX,
            table.id());
      }
    } else if (object instanceof Sequence sequence) {
      put(sequence.id(), sequence.name(), Relation.Kind.SEQUENCE, "");
    }
  }

  private void put(String id, Name name, Relation.Kind kind, String table) {
    long oid = oid(id);
    afterNewest = Math.max(afterNewest, oid + 1);
    relations.put(oid, new Relation(id, name, kind, table, existedBefore.contains(id)));
  }

  private static Relation.Kind kind(String relkind) {
    return switch (relkind) {
      case "S" -> Relation.Kind.SEQUENCE;
      case "I" -> Relation.Kind.PARTITIONED_INDEX;
      case "r", "p", "v", "m", "f" -> Relation.Kind.of(CatalogCodes.relationKind(relkind));
      default -> Relation.Kind.INDEX;
    };
  }
}
