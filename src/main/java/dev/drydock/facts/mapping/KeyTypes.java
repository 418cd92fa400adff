package dev.drydock.facts.mapping;

import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Foreign keys whose columns are of another type than the columns they point to. */
final class KeyTypes {
  private final Schema base;
  private final Schema end;

  KeyTypes(Schema base, Schema end) {
    this.base = base;
    this.end = end;
  }

  /**
   * The columns of another type, in words. As long as the key is there, the end of the change
   * decides, where both sides may agree again.
   *
   * @param now the schema in which the key is as it is
   */
  List<String> mismatched(Constraint key, Schema now) {
    return in(end, key).map(last -> differences(last, end)).orElseGet(() -> differences(key, now));
  }

  /** Keys of production that lead from or to the column and whose sides agree no longer. */
  List<Constraint> outgrown(Column column, Schema now) {
    return now.tables()
        .flatMap(Table::foreignKeys)
        .filter(key -> !key.inherited())
        .filter(key -> joins(key, column))
        .filter(key -> in(base, key).filter(old -> differences(old, base).isEmpty()).isPresent())
        .filter(key -> in(end, key).filter(last -> !differences(last, end).isEmpty()).isPresent())
        .toList();
  }

  /** Names of the keys of the table that lead from or to a column whose type is another now. */
  static List<String> retyped(String table, Observation observation) {
    List<Column> changed =
        observation
            .changes()
            .filter(change -> change.event() == SchemaChange.Event.ALTERED)
            .flatMap(
                change ->
                    change
                        .before(Column.class)
                        .filter(
                            old ->
                                change.after().orElseThrow() instanceof Column now
                                    && !now.type().equals(old.type()))
                        .stream())
            .toList();
    return observation.schema().table(table).stream()
        .flatMap(Table::foreignKeys)
        .filter(key -> changed.stream().anyMatch(column -> joins(key, column)))
        .map(key -> key.name().local())
        .sorted()
        .toList();
  }

  private static boolean joins(Constraint key, Column column) {
    String name = column.name().local();
    return (key.table().equals(column.table()) && key.columns().contains(name))
        || (key.referencedTable().equals(column.table()) && key.referencedColumns().contains(name));
  }

  /** The key there; a change of a column's type makes it anew with another id. */
  private static Optional<Constraint> in(Schema schema, Constraint key) {
    List<Constraint> keys =
        schema.table(key.table()).stream()
            .flatMap(table -> table.constraints().stream())
            .filter(other -> other.type() == key.type())
            .toList();
    return Stream.concat(
            keys.stream().filter(other -> other.id().equals(key.id())),
            keys.stream().filter(other -> other.name().local().equals(key.name().local())))
        .findFirst();
  }

  private static List<String> differences(Constraint key, Schema schema) {
    Optional<Table> owner = schema.table(key.table());
    Optional<Table> pointedTo = schema.table(key.referencedTable());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < key.referencedColumns().size(); i++) {
      String name = key.columns().get(i);
      String target = key.referencedColumns().get(i);
      Optional<Column> column = owner.flatMap(table -> table.column(name));
      Optional<Column> referenced = pointedTo.flatMap(table -> table.column(target));
      if (column.isPresent()
          && referenced.isPresent()
          && !alike(column.get().type().base(), referenced.get().type().base())) {
        differences.add(
            "%s is %s and %s is %s"
                .formatted(
                    name, column.get().type().text(), target, referenced.get().type().text()));
      }
    }
    return differences;
  }

  private static boolean alike(String type, String other) {
    return type.equals(other)
        || (Narrowing.isText(type) && Narrowing.isText(other) && isPadded(type) == isPadded(other));
  }

  /**
   * Such texts are compared without the blanks at their end, for which an index of others is no
   * use.
   */
  private static boolean isPadded(String type) {
    return type.equals("character") || type.equals("bpchar");
  }
}
