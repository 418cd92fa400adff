package dev.drydock.schema;

import dev.drydock.schema.SchemaChange.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What differs between two snapshots of a schema. */
public final class SchemaDiff {
  private static final Name ANY = new Name("", "");

  private SchemaDiff() {}

  /**
   * The changes of the objects in {@code ids} and of what hangs on them, tables before what hangs
   * on them.
   *
   * @param ids of objects that may have changed: everything else is taken to be the same
   */
  public static List<SchemaChange> between(Schema before, Schema after, Collection<String> ids) {
    List<SchemaChange> changes = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      Optional<SchemaObject> old = before.object(id);
      Optional<SchemaObject> now = after.object(id);
      if (old.isEmpty() && now.isEmpty()) {
        continue;
      }
      boolean withTable = old.isEmpty() || now.isEmpty();
      compare(changes, old, now, withTable);
      compareParts(
          changes,
          old.map(SchemaDiff::parts).orElse(List.of()),
          now.map(SchemaDiff::parts).orElse(List.of()),
          withTable);
    }
    return changes;
  }

  private static void compareParts(
      List<SchemaChange> changes,
      List<SchemaObject> before,
      List<SchemaObject> after,
      boolean withTable) {
    Map<String, SchemaObject> old = byId(before);
    Map<String, SchemaObject> now = byId(after);
    Set<String> ids = new LinkedHashSet<>(old.keySet());
    ids.addAll(now.keySet());
    for (String id : ids) {
      compare(
          changes, Optional.ofNullable(old.get(id)), Optional.ofNullable(now.get(id)), withTable);
    }
  }

  private static void compare(
      List<SchemaChange> changes,
      Optional<SchemaObject> before,
      Optional<SchemaObject> after,
      boolean withTable) {
    if (before.isEmpty()) {
      changes.add(new SchemaChange(Event.CREATED, before, after, withTable));
      return;
    }
    if (after.isEmpty()) {
      changes.add(new SchemaChange(Event.DROPPED, before, after, withTable));
      return;
    }
    if (renamed(before.get(), after.get())) {
      changes.add(new SchemaChange(Event.RENAMED, before, after, withTable));
    }
    if (!content(before.get()).equals(content(after.get()))) {
      changes.add(new SchemaChange(Event.ALTERED, before, after, withTable));
    }
  }

  private static boolean renamed(SchemaObject before, SchemaObject after) {
    return switch (before) {
      case Table unused -> !before.name().equals(after.name());
      case Sequence unused -> !before.name().equals(after.name());
      case Type unused -> !before.name().equals(after.name());
      case Function unused -> !before.name().equals(after.name());
      case Namespace unused -> !before.name().equals(after.name());
      case Extension unused -> !before.name().equals(after.name());
      case Publication unused -> !before.name().equals(after.name());
      // What hangs on a table moves to another schema with it and is not itself renamed by that.
      case TablePart unused -> !before.name().local().equals(after.name().local());
      case Grant unused -> false;
      // Default privileges are named after what they are for.
      case GrantTarget target ->
          target.kind().equals("role") && !before.name().equals(after.name());
    };
  }

  /**
   * The object without its name, without what hangs on it, without where its rows are stored, and
   * without texts that repeat the names of others.
   */
  private static SchemaObject content(SchemaObject object) {
    return switch (object) {
      case Table t ->
          new Table(
              t.id(),
              ANY,
              t.kind(),
              t.persistence(),
              t.owner(),
              t.accessMethod(),
              t.tablespace(),
              t.options(),
              t.rowSecurity(),
              t.forceRowSecurity(),
              t.replicaIdentity(),
              t.parents(),
              t.partitionKey(),
              t.partitionBound(),
              t.defaultPartition(),
              t.definition(),
              t.dependsOn(),
              t.comment(),
              "",
              t.filled(),
              // It follows from the query, and from tables below, of which a change tells itself.
              true,
              t.extension(),
              t.hypertable(),
              t.foreignKeysDisabled(),
              t.rules(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      case Column c ->
          new Column(
              c.id(),
              ANY,
              c.table(),
              c.position(),
              c.type(),
              c.notNull(),
              c.defaultValue(),
              c.identity(),
              c.generated(),
              c.collation(),
              c.comment(),
              c.local());
      case Constraint c ->
          new Constraint(
              "",
              ANY,
              c.table(),
              c.type(),
              c.validated(),
              c.deferrable(),
              c.definition(),
              c.expression(),
              c.columns(),
              c.referencedTable(),
              c.referencedColumns(),
              "",
              c.inherited(),
              c.onDelete());
      case Index i ->
          new Index(
              "",
              ANY,
              i.table(),
              i.unique(),
              i.primary(),
              i.valid(),
              i.replicaIdentity(),
              i.method(),
              i.columns(),
              i.included(),
              i.ordering(),
              i.predicate(),
              "",
              i.constraint(),
              i.parent(),
              i.partitioned(),
              "");
      case Trigger t ->
          new Trigger(t.id(), ANY, t.table(), t.enabled(), t.function(), "", t.firing(), "");
      case Policy p ->
          new Policy(
              p.id(), ANY, p.table(), p.command(), p.permissive(), p.roles(), p.using(), p.check());
      case Grant g -> new Grant(g.id(), ANY, g.object(), g.grantee(), g.privileges());
      case Sequence s ->
          new Sequence(
              s.id(),
              ANY,
              s.type(),
              s.range(),
              s.last(),
              s.ownerTable(),
              s.ownerColumn(),
              List.of());
      case Type t ->
          new Type(
              t.id(),
              ANY,
              t.kind(),
              t.labels(),
              t.baseType(),
              t.notNull(),
              t.defaultValue(),
              t.constraints(),
              t.attributes());
      case Function f ->
          new Function(
              f.id(),
              ANY,
              f.kind(),
              f.arguments(),
              f.result(),
              f.types(),
              f.names(),
              f.required(),
              f.language(),
              f.volatility(),
              f.securityDefiner(),
              f.settings(),
              f.body(),
              f.uses(),
              List.of());
      case Namespace n -> new Namespace(n.id(), ANY, n.owner(), List.of(), List.of());
      case Extension e -> new Extension(e.id(), ANY, e.version());
      case Publication p ->
          new Publication(
              p.id(),
              ANY,
              p.everything(),
              p.throughRoot(),
              p.updates(),
              p.deletes(),
              p.schemas(),
              p.members());
      case GrantTarget t ->
          new GrantTarget(
              t.id(),
              ANY,
              t.kind(),
              t.unlimited(),
              t.unsecured(),
              t.login(),
              t.password(),
              t.searchPath(),
              List.of());
    };
  }

  private static List<SchemaObject> parts(SchemaObject object) {
    List<SchemaObject> parts = new ArrayList<>();
    if (object instanceof Table table) {
      table.parts().forEach(parts::add);
    }
    parts.addAll(object.grants());
    return parts;
  }

  private static Map<String, SchemaObject> byId(List<SchemaObject> objects) {
    Map<String, SchemaObject> byId = new LinkedHashMap<>();
    objects.forEach(object -> byId.put(object.id(), object));
    return byId;
  }
}
