package dev.drydock.schema;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A constraint of a table.
 *
 * @param table id of its table
 * @param definition as the engine prints it, e.g. {@code CHECK ((a > 0))}
 * @param expression of a check; empty otherwise
 * @param columns names of the columns it is on
 * @param referencedTable id of the table a foreign key points to; empty otherwise
 * @param index id of the index that implements it; empty when it has none
 * @param inherited whether it stands on the parent table and came down from there
 * @param onDelete what a foreign key does then: {@code no action}, {@code cascade}, …; empty
 *     otherwise
 */
public record Constraint(
    String id,
    Name name,
    String table,
    Type type,
    boolean validated,
    boolean deferrable,
    String definition,
    String expression,
    List<String> columns,
    String referencedTable,
    List<String> referencedColumns,
    String index,
    boolean inherited,
    String onDelete)
    implements TablePart {

  /** What it demands; {@link #label()} is the word for it in SQL. */
  public enum Type {
    PRIMARY_KEY,
    UNIQUE,
    FOREIGN_KEY,
    CHECK,
    EXCLUSION,
    NOT_NULL;

    /** Lower case, e.g. {@code foreign key}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final Pattern ON_UPDATE =
      Pattern.compile(" ON UPDATE (CASCADE|RESTRICT|SET NULL|SET DEFAULT)");

  public Constraint {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(table);
    Objects.requireNonNull(type);
    Objects.requireNonNull(definition);
    Objects.requireNonNull(expression);
    columns = List.copyOf(columns);
    Objects.requireNonNull(referencedTable);
    referencedColumns = List.copyOf(referencedColumns);
    Objects.requireNonNull(index);
    Objects.requireNonNull(onDelete);
  }

  /** What a foreign key does when the key it points to changes; empty for other constraints. */
  public String onUpdate() {
    if (type != Type.FOREIGN_KEY) {
      return "";
    }
    Matcher said = ON_UPDATE.matcher(definition);
    return said.find() ? said.group(1).toLowerCase(Locale.ROOT) : "no action";
  }

  /** Whether rows are held to it; from PostgreSQL 18 on one may stand in the catalog alone. */
  public boolean enforced() {
    return !definition.endsWith(" NOT ENFORCED");
  }
}
