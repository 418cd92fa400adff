package dev.drydock.facts;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What rows the change gives to the tables it makes, and what values to the columns. */
final class RowsGiven {
  private final Schema end;
  private final List<Observation> order;
  private final Set<String> before;

  /**
   * @param order all observations of the change
   * @param before ids of what production has
   */
  RowsGiven(Schema end, List<Observation> order, Set<String> before) {
    this.end = end;
    this.order = order;
    this.before = before;
  }

  /** Whether it is a table of the change, with all below it, that no statement gives rows. */
  boolean isLeftEmpty(Table table) {
    Set<String> family = new HashSet<>(Set.of(table.id()));
    boolean grew = true;
    while (grew) {
      List<String> below = end.tables().filter(t -> isBelow(t, family)).map(Table::id).toList();
      grew = family.addAll(below);
    }
    return !table.isView()
        && family.stream().noneMatch(before::contains)
        && order.stream()
            .flatMap(observation -> observation.effects().stream())
            .noneMatch(
                effect ->
                    effect instanceof Effect.RowsChanged rows
                        && family.contains(rows.relation().id()));
  }

  private static boolean isBelow(Table table, Set<String> family) {
    return table.parents().stream().anyMatch(family::contains);
  }

  /**
   * Whether nobody gives {@code successor} the values of the column of the same table whose name it
   * takes: the change adds it, and updates no rows of the table once it is there, before or after
   * it takes the name.
   */
  boolean lacksValues(Column successor, Column gone) {
    return successor.table().equals(gone.table())
        && successor.generated().isEmpty()
        && !before.contains(successor.id())
        && order.stream()
            .dropWhile(observation -> !has(observation.schema(), successor))
            .noneMatch(later -> updates(later, gone.table()));
  }

  /**
   * Whether the rows that production has are all NULL in a column when {@code observation} begins:
   * the change adds it without a value, and has updated no rows of the table since.
   */
  boolean isStillNull(Column column, Observation observation) {
    List<Observation> since =
        order.subList(0, order.indexOf(observation)).stream()
            .dropWhile(o -> !has(o.schema(), column))
            .toList();
    return !before.contains(column.id())
        && before.contains(column.table())
        && !since.isEmpty()
        && find(since.getFirst().schema(), column)
            .filter(added -> !added.hasDefault() && added.generated().isEmpty())
            .isPresent()
        && since.stream().noneMatch(o -> updates(o, column.table()));
  }

  /** Whether a statement of the change updates rows of its table while the column is there. */
  boolean isUpdated(Column column) {
    return order.stream()
        .dropWhile(observation -> !has(observation.schema(), column))
        .anyMatch(later -> updates(later, column.table()));
  }

  private static boolean has(Schema schema, Column column) {
    return find(schema, column).isPresent();
  }

  private static Optional<Column> find(Schema schema, Column column) {
    return schema.table(column.table()).stream()
        .flatMap(table -> table.columns().stream())
        .filter(other -> other.id().equals(column.id()))
        .findFirst();
  }

  /**
   * Whether a column of it is new in a table that is not, and nothing in the change gives it a
   * value.
   */
  boolean isUnfilled(Constraint constraint) {
    return before.contains(constraint.table())
        && order.stream()
            .noneMatch(o -> updates(o, constraint.table()) || inserts(o, constraint.table()))
        && constraint.columns().stream()
            .anyMatch(
                name -> {
                  List<Column> states =
                      order.stream()
                          .flatMap(o -> o.schema().table(constraint.table()).stream())
                          .flatMap(table -> table.column(name).stream())
                          .toList();
                  return !states.isEmpty()
                      && states.stream().noneMatch(c -> before.contains(c.id()) || c.hasDefault());
                });
  }

  /** Whether it adds rows to the table with that id. */
  static boolean inserts(Observation observation, String table) {
    return observation.effects().stream()
        .anyMatch(
            effect ->
                effect instanceof Effect.RowsChanged rows
                    && rows.inserted() > 0
                    && rows.relation().id().equals(table));
  }

  private static boolean updates(Observation observation, String table) {
    boolean update =
        List.of("UPDATE", "MERGE").contains(observation.statement().syntax().command());
    return observation.effects().stream()
        .anyMatch(
            effect ->
                (effect instanceof Effect.RowsChanged rows
                        && rows.updated() > 0
                        && rows.relation().id().equals(table))
                    // A condition may leave out the one row that the replay has.
                    || (update
                        && effect instanceof Effect.TableScanned scan
                        && scan.relation().id().equals(table)));
  }
}
