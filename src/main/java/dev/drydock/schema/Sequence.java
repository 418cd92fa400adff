package dev.drydock.schema;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sequence.
 *
 * @param type of its values, e.g. {@code bigint}
 * @param range start, increment, least and greatest value, cache and whether it cycles, as one text
 *     to compare
 * @param last the number after which it has no more; empty for one that cycles
 * @param ownerTable id of the table whose column owns it; empty when none does
 * @param ownerColumn name of that column; empty when none does
 */
public record Sequence(
    String id,
    Name name,
    String type,
    String range,
    OptionalLong last,
    String ownerTable,
    String ownerColumn,
    List<Grant> grants)
    implements SchemaObject {
  private static final Pattern INCREMENT = Pattern.compile("\\bincrement (-?\\d+)\\b");

  public Sequence {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(range);
    Objects.requireNonNull(last);
    Objects.requireNonNull(ownerTable);
    Objects.requireNonNull(ownerColumn);
    grants = List.copyOf(grants);
  }

  /** Whether the column owns it, as {@code serial} and identities have it. */
  public boolean belongsTo(Column column) {
    return ownerTable.equals(column.table()) && ownerColumn.equals(column.name().local());
  }

  /** By how much it counts. */
  public long increment() {
    Matcher said = INCREMENT.matcher(range);
    return said.find() ? Long.parseLong(said.group(1)) : 1;
  }
}
