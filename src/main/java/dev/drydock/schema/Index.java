package dev.drydock.schema;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An index.
 *
 * @param table id of its table
 * @param valid false for one whose concurrent build failed or is not finished
 * @param method {@code btree}, {@code gin}, …
 * @param columns its key, column names or expressions, in order
 * @param included columns it carries besides
 * @param ordering operator classes, collations and sort options of the key, as one text to compare
 * @param predicate of a partial index; empty otherwise
 * @param constraint id of the constraint it implements; empty when it was made by CREATE INDEX
 * @param parent id of the partitioned index it belongs to; empty otherwise
 * @param partitioned whether it is the index of a partitioned table, without rows of its own
 * @param storage what identifies its file on disk: another value means it was built anew
 */
public record Index(
    String id,
    Name name,
    String table,
    boolean unique,
    boolean primary,
    boolean valid,
    boolean replicaIdentity,
    String method,
    List<String> columns,
    List<String> included,
    String ordering,
    String predicate,
    String definition,
    String constraint,
    String parent,
    boolean partitioned,
    String storage)
    implements TablePart {
  public Index {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(table);
    Objects.requireNonNull(method);
    columns = List.copyOf(columns);
    included = List.copyOf(included);
    Objects.requireNonNull(ordering);
    Objects.requireNonNull(predicate);
    Objects.requireNonNull(definition);
    Objects.requireNonNull(constraint);
    Objects.requireNonNull(parent);
    Objects.requireNonNull(storage);
  }

  /** Whether it refuses a second null too, being made with NULLS NOT DISTINCT. */
  public boolean comparesNulls() {
    return definition.contains(" NULLS NOT DISTINCT");
  }

  /** Whether it goes when that column does: its key, what it carries or its condition names it. */
  public boolean needs(String column) {
    return columns.contains(column)
        || included.contains(column)
        || Stream.concat(columns.stream(), Stream.of(predicate))
            .anyMatch(expression -> names(expression, column));
  }

  /** Whether its key names the column, itself or in an expression. */
  public boolean isKeyedBy(String column) {
    return columns.stream().anyMatch(key -> key.equals(column) || names(key, column));
  }

  /** The server prints a name that is not plain in quotes, with its quotes doubled. */
  private static boolean names(String expression, String column) {
    String quoted = '"' + column.replace("\"", "\"\"") + '"';
    return expression.contains(quoted)
        || Pattern.compile("(?<![\\w$\"'])" + Pattern.quote(column) + "(?![\\w$\"'(])")
            .matcher(expression)
            .find();
  }
}
