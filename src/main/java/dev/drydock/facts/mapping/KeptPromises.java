package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** What the schema at the end of the change still promises of what dropped constraints promised. */
final class KeptPromises {
  private final Schema base;
  private final Schema end;

  KeptPromises(Schema base, Schema end) {
    this.base = base;
    this.end = end;
  }

  /** Whether something else on its table promises at the end what the constraint promised. */
  boolean isKept(Constraint gone) {
    return end.table(gone.table())
        .map(
            table ->
                table.constraints().stream()
                        .filter(other -> !other.id().equals(gone.id()))
                        .anyMatch(other -> keeps(other, gone))
                    || table.indexes().stream().anyMatch(index -> keeps(index, gone))
                    || isWithoutColumns(gone)
                    || new PartitionBounds(end).prove(gone, table)
                    || table.columns().stream()
                        .filter(Column::notNull)
                        .anyMatch(
                            column ->
                                Tautology.isNotNull(gone.expression(), column.name().local())))
        // Without the table there is nothing to keep out.
        .orElse(true);
  }

  /**
   * Whether at the end it could keep nothing out, for the columns that it was on are gone: one of a
   * foreign key, all of any other. A table without its primary key has lost more than that.
   */
  private boolean isWithoutColumns(Constraint gone) {
    List<Boolean> left =
        base.same(gone).stream()
            .flatMap(
                same ->
                    base.table(same.table()).stream()
                        .flatMap(table -> table.columns().stream())
                        .filter(column -> same.columns().contains(column.name().local())))
            .map(column -> end.same(column).isPresent())
            .toList();
    return switch (gone.type()) {
      case PRIMARY_KEY -> false;
      case FOREIGN_KEY -> left.contains(false);
      case UNIQUE, CHECK, EXCLUSION, NOT_NULL -> !left.isEmpty() && !left.contains(true);
    };
  }

  /**
   * The constraint of production whose place an added one takes: of its type, on the same columns,
   * and gone at the end.
   */
  Optional<Constraint> former(Constraint added) {
    List<Constraint> left = end.table(added.table()).map(Table::constraints).orElse(List.of());
    return base.table(added.table()).stream()
        .flatMap(table -> table.constraints().stream())
        .filter(former -> former.type() == added.type())
        .filter(former -> former.columns().equals(added.columns()))
        .filter(former -> former.referencedTable().equals(added.referencedTable()))
        .filter(former -> left.stream().noneMatch(one -> one.id().equals(former.id())))
        .findFirst();
  }

  /** An older foreign key that keeps at the end the same rows from being alone. */
  Optional<Constraint> twin(Constraint added) {
    List<Constraint> keys = end.table(added.table()).stream().flatMap(Table::foreignKeys).toList();
    return keys.stream()
        .filter(key -> key.id().equals(added.id()) && key.enforced())
        .flatMap(
            same ->
                keys.stream()
                    .filter(key -> number(key) < number(same) && key.enforced())
                    .filter(key -> key.columns().equals(same.columns()))
                    .filter(key -> key.referencedTable().equals(same.referencedTable()))
                    .filter(key -> key.referencedColumns().equals(same.referencedColumns())))
        .min(Comparator.comparing(KeptPromises::number));
  }

  private static long number(Constraint constraint) {
    return Long.parseLong(constraint.id().substring(constraint.id().indexOf(':') + 1));
  }

  /** Whether a check refuses nulls in the column at the end, and nothing there fills it. */
  boolean isChecked(Column column) {
    return !mayBeFilled(column)
        && end.same(column)
            .filter(same -> !same.hasDefault())
            .filter(
                same ->
                    end.table(same.table()).stream()
                        .flatMap(table -> table.constraints().stream())
                        .anyMatch(c -> demands(c, same)))
            .isPresent();
  }

  /** Whether at the end the column holds no null, by NOT NULL or by a check that is proved. */
  boolean isNeverNull(Column column) {
    return end.same(column)
        .filter(
            same ->
                same.notNull()
                    || end.table(same.table()).stream()
                        .flatMap(table -> table.constraints().stream())
                        .anyMatch(c -> c.validated() && demands(c, same)))
        .isPresent();
  }

  /** Whether at the end a trigger may give it a value before its row is written. */
  boolean mayBeFilled(Column column) {
    return end.table(column.table()).stream()
        .flatMap(table -> table.triggers().stream())
        .anyMatch(KeptPromises::mayFill);
  }

  static boolean mayFill(Trigger trigger) {
    return trigger.enabled() && trigger.fires().startsWith("BEFORE INSERT");
  }

  /** Whether the whole of a check, or one of the parts that AND joins, demands a value. */
  private static boolean demands(Constraint check, Column column) {
    return check.type() == Constraint.Type.CHECK
        && !check.definition().endsWith(" NOT ENFORCED")
        && Tautology.demands(check.expression()).stream()
            .anyMatch(part -> Tautology.isNotNull(part, column.name().local()));
  }

  private boolean keeps(Constraint other, Constraint gone) {
    return (other.name().equals(gone.name())
            && (gone.type() != Constraint.Type.UNIQUE || isUniqueAtEnd(gone)))
        || (other.type() == gone.type()
            && (gone.type() == Constraint.Type.PRIMARY_KEY
                || (gone.type() != Constraint.Type.CHECK
                    && other.columns().equals(gone.columns())
                    && (other.referencedTable().equals(gone.referencedTable())
                        || end.table(gone.referencedTable()).isEmpty()))));
  }

  /**
   * Whether at the end a unique index on no other columns than those of the constraint keeps out
   * what it kept out; without the table or one of the columns there is nothing to keep out.
   */
  boolean isUniqueAtEnd(Constraint gone) {
    return holdsAtEnd(gone, (table, columns) -> isUnique(table, columns, ""));
  }

  /** Whether at the end an ON CONFLICT of its columns finds a unique index. */
  boolean isMatchedAtEnd(Constraint gone) {
    return holdsAtEnd(
        gone,
        (table, columns) ->
            table.indexes().stream()
                .filter(KeptPromises::isWhole)
                .anyMatch(index -> Set.copyOf(index.columns()).equals(Set.copyOf(columns))));
  }

  private boolean holdsAtEnd(Constraint gone, BiPredicate<Table, List<String>> kept) {
    // By the names that production has: a wider column may have taken the name of one of them.
    List<String> columns = base.same(gone).map(Constraint::columns).orElse(gone.columns());
    return end.table(gone.table())
        .filter(table -> columns.stream().allMatch(c -> table.column(c).isPresent()))
        .map(table -> kept.test(table, columns))
        .orElse(true);
  }

  /**
   * The same of a unique index, which may have expressions and may leave rows out.
   *
   * @param then the schema that has its columns under the names it knew them by
   */
  boolean isUniqueAtEnd(Index gone, Schema then) {
    return isUniqueIn(end, gone, then).orElse(true);
  }

  /** Whether production keeps duplicates out of what a new index is on, which {@code now} has. */
  boolean isUniqueBefore(Index made, Schema now) {
    return isUniqueIn(base, made, now).orElse(false);
  }

  private static Optional<Boolean> isUniqueIn(Schema schema, Index index, Schema own) {
    return schema
        .table(index.table())
        .map(table -> isUnique(table, names(index, own, schema), index.predicate()));
  }

  /**
   * The names that the columns of an index have in {@code schema}; expressions stay as they are.
   */
  private static List<String> names(Index index, Schema own, Schema schema) {
    return index.columns().stream()
        .map(
            name ->
                own.table(index.table())
                    .flatMap(known -> known.column(name))
                    .flatMap(schema::same)
                    .map(column -> column.name().local())
                    .orElse(name))
        .toList();
  }

  /**
   * Names of the unique indexes that keep out other duplicates at the end than a dropped one did:
   * they are on no other columns and of expressions or leave rows out, or they are new, on all of
   * its columns and one more, or more under its name.
   */
  List<String> otherKeys(Index gone) {
    return end.table(gone.table()).stream()
        .flatMap(
            table ->
                table.indexes().stream()
                    .filter(index -> index.unique() && index.valid())
                    .filter(
                        index ->
                            isWithin(gone.columns(), index, table) || isWider(index, gone, table)))
        .map(index -> index.name().local())
        .sorted()
        .toList();
  }

  /** One that has the columns of another key in it refuses nothing by itself. */
  private boolean isWider(Index index, Index gone, Table table) {
    boolean takesItsPlace =
        index.name().equals(gone.name()) || index.columns().size() == gone.columns().size() + 1;
    return isWhole(index)
        && takesItsPlace
        && index.columns().containsAll(gone.columns())
        && base.same(index).isEmpty()
        && table.indexes().stream()
            .filter(other -> isWhole(other) && !other.equals(index))
            .noneMatch(other -> index.columns().containsAll(other.columns()));
  }

  private static boolean isWithin(List<String> columns, Index index, Table table) {
    List<String> keyed =
        table.columns().stream().map(c -> c.name().local()).filter(index::isKeyedBy).toList();
    return !keyed.isEmpty() && columns.containsAll(keyed);
  }

  /**
   * Whether one of its indexes keeps duplicates out of those columns, in rows with the predicate.
   */
  static boolean isUnique(Table table, List<String> columns, String predicate) {
    return table.indexes().stream()
        .filter(index -> index.unique() && index.valid() && !index.columns().isEmpty())
        .filter(index -> index.predicate().isEmpty() || index.predicate().equals(predicate))
        .anyMatch(index -> columns.containsAll(index.columns()));
  }

  private static boolean isWhole(Index index) {
    return index.unique() && index.valid() && index.predicate().isEmpty();
  }

  private static boolean keeps(Index index, Constraint gone) {
    return gone.type() == Constraint.Type.UNIQUE
        && isWhole(index)
        && index.columns().equals(gone.columns());
  }
}
