package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/** What the indexes of a schema serve, and which of them serve the same. */
final class Indexes {
  private final Schema schema;

  Indexes(Schema schema) {
    this.schema = schema;
  }

  /** Whether a search for values of the columns has an index of the table to begin with. */
  boolean isIndexed(String table, List<String> columns) {
    return schema
        .table(table)
        .map(t -> t.indexes().stream().anyMatch(index -> narrows(index, columns)))
        .orElse(true);
  }

  /** Whether it begins with one of the columns, and so leaves out the rows with other values. */
  private static boolean narrows(Index index, List<String> columns) {
    return !index.columns().isEmpty()
        && columns.contains(index.columns().getFirst())
        && isUsable(index, columns);
  }

  private static boolean isUsable(Index index, List<String> columns) {
    return index.valid() && !index.method().equals("brin") && isTotal(index, columns);
  }

  /** Whether a search for values of the columns finds them all by the index, and them alone. */
  static boolean beginsWith(Index index, List<String> columns) {
    return isUsable(index, columns)
        && index.columns().size() >= columns.size()
        && new HashSet<>(index.columns().subList(0, columns.size())).equals(new HashSet<>(columns));
  }

  /** A partial index finds all references when all it leaves out is nulls. */
  static boolean isTotal(Index index, List<String> columns) {
    return index.predicate().isEmpty()
        || Tautology.demands(index.predicate()).stream()
            .allMatch(part -> columns.stream().anyMatch(c -> Tautology.isNotNull(part, c)));
  }

  /**
   * Names of the indexes that {@code index} makes superfluous.
   *
   * @param older ids of what was there before
   */
  List<String> superseded(Index index, Predicate<String> older) {
    return schema.table(index.table()).stream()
        .flatMap(table -> table.indexes().stream())
        .filter(other -> !other.id().equals(index.id()) && older.test(other.id()))
        .filter(other -> covers(index, other))
        .filter(other -> !covers(other, index) || comesFirst(index, other))
        .map(other -> other.name().local())
        .sorted()
        .toList();
  }

  /**
   * Names of the indexes that serve all that {@code index} serves. Of two that serve the same, only
   * the one made first covers the other, or the primary key the one that is none.
   */
  List<String> covering(Index index) {
    return schema.table(index.table()).map(table -> covering(table, index)).orElse(List.of());
  }

  private static List<String> covering(Table table, Index index) {
    return table.indexes().stream()
        .filter(other -> !other.id().equals(index.id()))
        .filter(other -> covers(other, index))
        .filter(other -> !covers(index, other) || comesFirst(other, index))
        .map(other -> other.name().local())
        .sorted()
        .toList();
  }

  /** Names of the indexes of a table that another one of it makes superfluous. */
  static List<String> superfluous(Table table) {
    return table.indexes().stream()
        .filter(index -> !covering(table, index).isEmpty())
        .map(index -> index.name().local())
        .sorted()
        .toList();
  }

  /**
   * The same for an index that is gone, whichever was made first: one of all rows serves what one
   * of some of them served, and a btree finds what a hash index or a BRIN of one column finds,
   * though nobody would call one the double of the other.
   */
  List<String> serving(Index gone) {
    boolean simple =
        gone.method().equals("hash")
            || (gone.method().equals("brin") && gone.columns().size() == 1);
    return schema.table(gone.table()).stream()
        .flatMap(table -> table.indexes().stream())
        .filter(other -> !other.id().equals(gone.id()))
        .filter(other -> other.predicate().isEmpty() || other.predicate().equals(gone.predicate()))
        .filter(other -> hasKeyOf(other, gone) || (simple && isOrderedLike(other, gone)))
        .map(other -> other.name().local())
        .sorted()
        .toList();
  }

  private static boolean isOrderedLike(Index other, Index gone) {
    return other.method().equals("btree")
        && other.valid()
        && other.columns().getFirst().equals(gone.columns().getFirst());
  }

  private static boolean comesFirst(Index one, Index other) {
    return one.primary() == other.primary() ? isOlder(one, other) : one.primary();
  }

  /** The server numbers what it makes in the order in which it makes it. */
  private static boolean isOlder(Index one, Index other) {
    int byLength = Integer.compare(one.id().length(), other.id().length());
    return byLength != 0 ? byLength < 0 : one.id().compareTo(other.id()) < 0;
  }

  /** Whether {@code wide} answers all that {@code narrow} does, uniqueness included. */
  private static boolean covers(Index wide, Index narrow) {
    return wide.predicate().equals(narrow.predicate()) && hasKeyOf(wide, narrow);
  }

  private static boolean hasKeyOf(Index wide, Index narrow) {
    boolean alike = wide.method().equals(narrow.method()) && wide.valid() && narrow.valid();
    if (!alike || wide.columns().size() < narrow.columns().size()) {
      return false;
    }
    int size = narrow.columns().size();
    boolean prefix =
        wide.columns().subList(0, size).equals(narrow.columns())
            && isSorted(ordering(wide, size), ordering(narrow, size));
    boolean same = wide.columns().size() == size;
    // Only a btree can be used by its first columns alone, and only an equal one keeps uniqueness.
    return prefix
        && (same || wide.method().equals("btree"))
        && (!narrow.unique() || (wide.unique() && same))
        && (!narrow.comparesNulls() || wide.comparesNulls())
        && wide.included().containsAll(narrow.included());
  }

  /** Whether one is in the order of the other, or in the opposite one, and is read backwards. */
  private static boolean isSorted(List<List<String>> one, List<List<String>> other) {
    int last = one.size() - 1;
    return one.subList(0, last).equals(other.subList(0, last))
        && (one.get(last).equals(other.get(last))
            || one.get(last).equals(other.get(last).stream().map(Indexes::reversed).toList()));
  }

  /** The bits of {@code indoption}: descending, and nulls first. */
  private static String reversed(String options) {
    return String.valueOf(Integer.parseInt(options) ^ 3);
  }

  private static List<List<String>> ordering(Index index, int size) {
    List<List<String>> parts = new ArrayList<>();
    for (String part : index.ordering().split(" / ", -1)) {
      List<String> words = List.of(part.split(" "));
      parts.add(words.subList(0, Math.min(size, words.size())));
    }
    return parts;
  }

  /** Whether a btree holds the column, of the type that it has, of all rows. */
  boolean holds(Column column) {
    return schema.same(column).filter(same -> same.type().equals(column.type())).stream()
        .anyMatch(
            same ->
                schema.table(same.table()).stream()
                    .flatMap(table -> table.indexes().stream())
                    .filter(index -> index.method().equals("btree"))
                    .filter(index -> index.valid() && index.predicate().isEmpty())
                    .anyMatch(
                        index ->
                            index.columns().contains(same.name().local())
                                || index.included().contains(same.name().local())));
  }

  /** Whether it is there and can be used. */
  boolean isValid(Index index) {
    return schema.same(index).filter(Index::valid).isPresent();
  }

  /** Names of foreign keys of the table that no index begins with a column of. */
  List<String> unindexed(Table table) {
    return table
        .foreignKeys()
        .filter(c -> !isIndexed(table.id(), c.columns()))
        .map(c -> c.name().local())
        .sorted()
        .toList();
  }
}
