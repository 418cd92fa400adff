package dev.drydock.facts.mapping;

import dev.drydock.schema.Constraint;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the bounds of partitions demand of their rows, as far as they are on columns by themselves.
 *
 * <p>Both sides are compared as the server prints them, a check with casts and parentheses which a
 * bound has not.
 */
final class PartitionBounds {
  private static final Pattern KEY = Pattern.compile("(?:RANGE|LIST) \\((.*)\\)", Pattern.DOTALL);
  private static final Pattern COLUMN =
      Pattern.compile("\"(?:[^\"]|\"\")++\"|[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Pattern RANGE =
      Pattern.compile("FOR VALUES FROM \\((.*)\\) TO \\((.*)\\)", Pattern.DOTALL);
  private static final Pattern LIST = Pattern.compile("FOR VALUES IN \\((.*)\\)", Pattern.DOTALL);

  private static final String WORD = "(?:\"[^\"]+\"|\\w+)";
  private static final Pattern TEXT_OR_NOISE =
      Pattern.compile(
          "('(?:[^']|'')*+')|::"
              + WORD
              + "(?:\\."
              + WORD
              + ")?(?: (?:varying|precision))?(?:\\(\\d+(?:,\\d+)?\\))?(?: with(?:out)? time zone)?(?:\\[\\])?"
              + "|[()\\s]");
  private static final Pattern QUOTED_NUMBER = Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'");

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
    return (key.matches() && follows(demand, divided(key.group(1)), table.partitionBound()))
        || isProved(demand, above.get());
  }

  private static boolean follows(String demand, List<String> key, String bound) {
    Matcher range = RANGE.matcher(bound);
    if (range.matches()) {
      return followsRange(
          demand,
          key.stream().map(String::strip).toList(),
          divided(plain(range.group(1))),
          divided(plain(range.group(2))));
    }
    Matcher list = LIST.matcher(bound);
    return list.matches()
        && key.size() == 1
        && isColumn(key.getFirst())
        && followsList(demand, key.getFirst(), list);
  }

  /** Rows are compared by the first column, by the next where that is the same, and so on. */
  private static boolean followsRange(
      String demand, List<String> columns, List<String> from, List<String> to) {
    if (columns.size() != from.size() || columns.size() != to.size()) {
      return false;
    }
    if (columns.stream().anyMatch(c -> isColumn(c) && demand.equals(c + "ISNOTNULL"))) {
      return true;
    }
    for (int i = 0; i < columns.size() && isColumn(columns.get(i)); i++) {
      String column = columns.get(i);
      boolean below = to.subList(i + 1, to.size()).stream().allMatch("MINVALUE"::equals);
      if (demand.equals(column + ">=" + from.get(i))
          || demand.equals(column + "<=" + to.get(i))
          || (below && demand.equals(column + "<" + to.get(i)))) {
        return true;
      }
      if (!from.get(i).equals(to.get(i))) {
        return false;
      }
      if (demand.equals(column + "=" + from.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isColumn(String key) {
    return COLUMN.matcher(key).matches();
  }

  private static boolean followsList(String demand, String column, Matcher list) {
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
    return new HashSet<>(divided(list));
  }

  /** What stands between the commas that are in no text. */
  private static List<String> divided(String list) {
    List<String> parts = new ArrayList<>();
    boolean inText = false;
    int from = 0;
    for (int i = 0; i < list.length(); i++) {
      if (list.charAt(i) == '\'') {
        inText = !inText;
      } else if (list.charAt(i) == ',' && !inText) {
        parts.add(list.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(list.substring(from));
    return parts;
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
