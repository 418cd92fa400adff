package dev.drydock.replay;

import java.util.Objects;

/**
 * A sequence that the change leaves at its beginning, below numbers that the column has which it
 * numbers.
 *
 * @param sequence its id, as in {@code SchemaObject.id()}
 * @param table id of the column's table
 * @param column name of the column
 * @param next the number it gives next
 */
public record SequenceBehind(String sequence, String table, String column, long next) {
  public SequenceBehind {
    Objects.requireNonNull(sequence);
    Objects.requireNonNull(table);
    Objects.requireNonNull(column);
  }
}
