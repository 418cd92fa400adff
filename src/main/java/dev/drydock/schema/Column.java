package dev.drydock.schema;

import java.util.Objects;

/**
 * A column of a table or view.
 *
 * @param name the schema of its table and its own name
 * @param table id of its table
 * @param position its number in the table, from 1; a dropped column leaves a gap
 * @param defaultValue the expression of its default or, for a generated column, of its value; empty
 *     when there is none
 * @param identity {@code always}, {@code by default}, or empty
 * @param generated {@code stored}, {@code virtual}, or empty
 * @param collation its collation where that differs from its type's; empty otherwise
 * @param local whether it is declared here and not inherited
 */
public record Column(
    String id,
    Name name,
    String table,
    int position,
    ColumnType type,
    boolean notNull,
    String defaultValue,
    String identity,
    String generated,
    String collation,
    String comment,
    boolean local)
    implements TablePart {
  public Column {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(table);
    Objects.requireNonNull(type);
    Objects.requireNonNull(defaultValue);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(generated);
    Objects.requireNonNull(collation);
    Objects.requireNonNull(comment);
  }

  /** Whether an INSERT that leaves it out gets a value: by a default or an identity. */
  public boolean hasDefault() {
    return !defaultValue.isEmpty() || !identity.isEmpty();
  }
}
