package dev.drydock.facts;

import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import java.util.List;

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
                    || table.columns().stream()
                        .filter(Column::notNull)
                        .map(column -> "CHECK ((" + column.name().local() + " IS NOT NULL))")
                        .anyMatch(gone.definition()::startsWith))
        // Without the table there is nothing to keep out.
        .orElse(true);
  }

  private boolean keeps(Constraint other, Constraint gone) {
    return other.name().equals(gone.name())
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
    // By the names that production has: a wider column may have taken the name of one of them.
    List<String> columns =
        base.table(gone.table()).stream()
            .flatMap(table -> table.constraints().stream())
            .filter(before -> before.id().equals(gone.id()))
            .map(Constraint::columns)
            .findFirst()
            .orElse(gone.columns());
    return end.table(gone.table())
        .filter(table -> columns.stream().allMatch(c -> table.column(c).isPresent()))
        .map(
            table ->
                table.indexes().stream()
                    .anyMatch(
                        index ->
                            isWhole(index)
                                && !index.columns().isEmpty()
                                && columns.containsAll(index.columns())))
        .orElse(true);
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
