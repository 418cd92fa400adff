package dev.drydock.facts;

import dev.drydock.schema.Constraint;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the bounds of partitions demand of their rows, as far as they are on one column by itself.
 *
 * <p>Both sides are compared as the server prints them, a check with casts and parentheses which a
 * bound has not.
 */
final class PartitionBounds {
  private static final Pattern KEY =
      Pattern.compile("(?:RANGE|LIST) \\((\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)\\)");
  private static final Pattern RANGE =
      Pattern.compile("FOR VALUES FROM \\((.*)\\) TO \\((.*)\\)", Pattern.DOTALL);
  private static final Pattern LIST = Pattern.compile("FOR VALUES IN \\((.*)\\)", Pattern.DOTALL);

  private static final String WORD = "(?:\"[^\"]+\"|\\w+)";
  private static final Pattern TEXT_OR_NOISE =
      Pattern.compile(
          "('(?:[^']|'')*')|::"
              + WORD
              + "(?:\\."
              + WORD
              + ")?(?: (?:varying|precision))?(?:\\(\\d+(?:,\\d+)?\\))?(?: with(?:out)? time zone)?(?:\\[\\])?"
              + "|[()\\s]");
  private static final Pattern QUOTED_NUMBER = Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'");
  private static final Pattern COMMA = Pattern.compile(",(?=(?:[^']*'[^']*')*[^']*$)");

  private final Schema schema;

  PartitionBounds(Schema schema) {
    this.schema = schema;
  }

  /** Whether each part of a check follows from the bound of its table, or of one above it. */
  boolean prove(Constraint check, Table table) {
    return check.type() == Constraint.Type.CHECK
        && table.isPartition()
        && Tautology.demands(check.expression()).stream()
            .map(PartitionBounds::plain)
            .allMatch(demand -> isProved(demand, table));
  }

  private boolean isProved(String demand, Table table) {
    Optional<Table> above =
        table.parents().stream().flatMap(id -> schema.table(id).stream()).findFirst();
    if (!table.isPartition() || above.isEmpty()) {
      return false;
    }
    Matcher key = KEY.matcher(above.get().partitionKey());
    return (key.matches() && follows(demand, key.group(1), table.partitionBound()))
        || isProved(demand, above.get());
  }

  private static boolean follows(String demand, String column, String bound) {
    Matcher range = RANGE.matcher(bound);
    if (range.matches()) {
      return demand.equals(column + "ISNOTNULL")
          || demand.equals(column + ">=" + plain(range.group(1)))
          || demand.equals(column + "<" + plain(range.group(2)));
    }
    Matcher list = LIST.matcher(bound);
    if (!list.matches()) {
      return false;
    }
    Set<String> values = values(plain(list.group(1)));
    // A null satisfies every check but the one for nulls.
    boolean nulls = values.remove("NULL");
    return demand.equals(column + "ISNOTNULL")
        ? !nulls
        : !values.isEmpty() && allowed(demand, column).containsAll(values);
  }

  /** The values that a check allows which lists them. */
  private static Set<String> allowed(String demand, String column) {
    String several = column + "=ANYARRAY[";
    if (demand.startsWith(several) && demand.endsWith("]")) {
      return values(demand.substring(several.length(), demand.length() - 1));
    }
    return demand.startsWith(column + "=")
        ? Set.of(demand.substring(column.length() + 1))
        : Set.of();
  }

  private static Set<String> values(String list) {
    return new HashSet<>(Arrays.asList(COMMA.split(list)));
  }

  /** Without casts, parentheses and spaces, and with numbers as they are written. */
  private static String plain(String expression) {
    String bare =
        TEXT_OR_NOISE
            .matcher(expression)
            .replaceAll(
                found -> found.group(1) == null ? "" : Matcher.quoteReplacement(found.group(1)));
    return QUOTED_NUMBER.matcher(bare).replaceAll("$1");
  }
}
