package dev.drydock.lint;

import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.report.HistoryReport.Change;
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
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.schema.TablePart;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sums up what a migration leaves behind in the schema, for readers. */
final class SchemaChanges {
  private SchemaChanges() {}

  /**
   * @param base the schema before the migration
   */
  static List<Change> of(ReplayedMigration migration, Schema base) {
    // A change that two commands of one statement take part in is one to a reader.
    Set<Change> changes = new LinkedHashSet<>();
    Schema before = base;
    for (Observation observation : migration.observations()) {
      Schema earlier = before;
      observation
          .changes()
          .filter(SchemaChanges::isTold)
          .filter(change -> !isOfView(change, observation.schema()))
          .map(change -> change(change, earlier, observation.schema()))
          .forEach(changes::add);
      before = observation.schema();
    }
    return List.copyOf(changes);
  }

  /** A view's columns are its query's. */
  private static boolean isOfView(SchemaChange change, Schema after) {
    return change.object() instanceof Column c
        && after.table(c.table()).filter(Table::isView).isPresent();
  }

  /** What comes with its table, or with its constraint, is not told twice. */
  private static boolean isTold(SchemaChange change) {
    return switch (change.object()) {
      case Column unused -> !(change.withTable() && change.event() == SchemaChange.Event.DROPPED);
      case Constraint c ->
          c.type() != Constraint.Type.NOT_NULL
              && (!change.withTable()
                  || (change.event() == SchemaChange.Event.CREATED
                      && c.type() == Constraint.Type.FOREIGN_KEY));
      case Index i -> !change.withTable() && i.constraint().isEmpty();
      case Trigger unused -> !change.withTable();
      case Policy unused -> !change.withTable();
      case Grant unused -> !change.withTable();
      case GrantTarget unused -> false;
      case Table unused -> true;
      // That of a column comes and goes with it.
      case Sequence s -> s.ownerTable().isEmpty();
      case Type unused -> true;
      case Function unused -> true;
      case Namespace unused -> true;
      case Extension unused -> true;
      case Publication unused -> true;
    };
  }

  private static Change change(SchemaChange change, Schema before, Schema after) {
    SchemaObject object = change.object();
    boolean renamed = change.event() == SchemaChange.Event.RENAMED;
    String refersTo =
        object instanceof Constraint c && !c.referencedTable().isEmpty()
            ? name(c.referencedTable(), before, after)
            : "";
    String table = object instanceof TablePart part ? name(part.table(), before, after) : "";
    return new Change(
        change.event().id(),
        kind(object),
        table,
        own(object, table),
        change.before().map(b -> renamed ? own(b, table) : text(b)).orElse(""),
        change.after().map(a -> renamed ? own(a, table) : text(a)).orElse(""),
        refersTo);
  }

  private static String own(SchemaObject object, String table) {
    return table.isEmpty() ? object.name().toString() : object.name().local();
  }

  private static String name(String id, Schema before, Schema after) {
    return after.object(id).or(() -> before.object(id)).map(o -> o.name().toString()).orElse("");
  }

  private static String kind(SchemaObject object) {
    return switch (object) {
      case Table t -> t.kind().label();
      case Column unused -> "column";
      case Constraint c -> c.type().label();
      case Index i -> i.unique() ? "unique index" : "index";
      case Trigger unused -> "trigger";
      case Policy unused -> "policy";
      case Grant unused -> "grant";
      case GrantTarget t -> t.kind();
      case Sequence unused -> "sequence";
      case Type unused -> "type";
      case Function unused -> "function";
      case Namespace unused -> "schema";
      case Extension unused -> "extension";
      case Publication unused -> "publication";
    };
  }

  private static String text(SchemaObject object) {
    return switch (object) {
      case Column c ->
          c.type().text()
              + (c.notNull() ? " not null" : "")
              + (c.defaultValue().isEmpty() || !c.generated().isEmpty()
                  ? ""
                  : " default " + c.defaultValue())
              + (c.identity().isEmpty() ? "" : " generated " + c.identity() + " as identity")
              + (c.generated().isEmpty() ? "" : " generated always as " + c.defaultValue());
      case Constraint c -> c.definition();
      case Index i ->
          i.method() + " (" + String.join(", ", i.columns()) + ")" + (i.valid() ? "" : " invalid");
      case Type t -> String.join(", ", t.labels());
      case Table unused -> "";
      case Trigger unused -> "";
      case Policy unused -> "";
      case Grant unused -> "";
      case GrantTarget unused -> "";
      case Sequence unused -> "";
      case Function unused -> "";
      case Namespace unused -> "";
      case Extension unused -> "";
      case Publication unused -> "";
    };
  }
}
