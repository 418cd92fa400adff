package dev.drydock.facts.mapping;

import dev.drydock.sql.Truth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a condition is true of every row, as far as its constants say so.
 *
 * <p>It reads what the server prints of an expression, where each operation stands in parentheses
 * of its own: {@code (true OR (a = 2))}. To have the server simplify it would run functions of the
 * migration outside of any statement of its.
 */
final class Tautology {
  /** As deep as anybody writes by hand; what is deeper is not looked into. */
  private static final int DEEPEST = 100;

  private static final Pattern COMPARISON =
      Pattern.compile("(.+?) (=|<>|<|<=|>|>=) (.+)", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile("\\(?(-?\\d+(?:\\.\\d+)?)\\)?(?:::[a-z ]+)?");
  private static final Pattern CAST = Pattern.compile("(?:::[a-z ]+)?");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*");
  private static final String COALESCE = "COALESCE(";
  private static final Set<String> QUERIES = Set.of("SELECT", "CASE", "WITH", "VALUES");

  private Tautology() {}

  /**
   * @param condition as the server prints it; empty where there is none
   */
  static boolean holds(String condition) {
    return truth(condition, 0) == Truth.ALWAYS;
  }

  /** The parts of a condition that AND joins; the whole where none does. */
  static List<String> demands(String condition) {
    String whole = condition.strip();
    while (whole.startsWith("(") && closing(whole, 0) == whole.length() - 1) {
      whole = whole.substring(1, whole.length() - 1).strip();
    }
    return split(whole, " AND ");
  }

  /**
   * Whether the condition refuses nulls in the column and nothing else. The server prints a name
   * that is not plain in quotes, with its quotes doubled.
   */
  static boolean isNotNull(String condition, String column) {
    List<String> demands = demands(condition);
    String quoted = '"' + column.replace("\"", "\"\"") + '"';
    return demands.equals(List.of(column + " IS NOT NULL"))
        || demands.equals(List.of(quoted + " IS NOT NULL"));
  }

  private static Truth truth(String text, int depth) {
    String condition = text.strip();
    if (depth > DEEPEST || QUERIES.contains(condition.split("\\s", 2)[0])) {
      return Truth.DEPENDS;
    }
    if (condition.equals("true") || condition.equals("false")) {
      return Truth.of(condition.equals("true"));
    }
    if (condition.startsWith("(") && closing(condition, 0) == condition.length() - 1) {
      return truth(condition.substring(1, condition.length() - 1), depth + 1);
    }
    List<String> alternatives = split(condition, " OR ");
    if (alternatives.size() > 1) {
      return joined(alternatives, Truth::or, depth);
    }
    List<String> demands = split(condition, " AND ");
    if (demands.size() > 1) {
      return joined(demands, Truth::and, depth);
    }
    if (condition.startsWith("NOT ")) {
      return truth(condition.substring("NOT ".length()), depth + 1).not();
    }
    int open = COALESCE.length() - 1;
    if (condition.startsWith(COALESCE) && closing(condition, open) == condition.length() - 1) {
      return truth(
          split(condition.substring(open + 1, condition.length() - 1), ", ").getFirst(), depth + 1);
    }
    return compared(condition);
  }

  private static Truth joined(List<String> parts, BinaryOperator<Truth> by, int depth) {
    return parts.stream().map(part -> truth(part, depth + 1)).reduce(by).orElse(Truth.DEPENDS);
  }

  private static Truth compared(String condition) {
    Matcher comparison = COMPARISON.matcher(condition);
    if (!comparison.matches()) {
      return Truth.DEPENDS;
    }
    String left = comparison.group(1);
    String right = comparison.group(3);
    boolean equal = comparison.group(2).equals("=");
    // A column that equals itself, too, as its author meant it.
    if (equal && left.equals(right) && isPlain(left)) {
      return Truth.ALWAYS;
    }
    Matcher one = NUMBER.matcher(left);
    Matcher other = NUMBER.matcher(right);
    if (!one.matches() || !other.matches()) {
      return Truth.DEPENDS;
    }
    int order = new BigDecimal(one.group(1)).compareTo(new BigDecimal(other.group(1)));
    return Truth.of(order, comparison.group(2));
  }

  private static boolean isPlain(String operand) {
    return operand.startsWith("'")
        ? CAST.matcher(operand.substring(endOfText(operand))).matches()
        : NUMBER.matcher(operand).matches() || NAME.matcher(operand).matches();
  }

  /** Behind the closing quote. By hand: a pattern takes a stack frame for each of its quotes. */
  private static int endOfText(String operand) {
    int at = 1;
    while (at < operand.length()) {
      int quote = operand.indexOf('\'', at);
      if (quote < 0) {
        return 0;
      }
      if (!operand.startsWith("''", quote)) {
        return quote + 1;
      }
      at = quote + 2;
    }
    return 0;
  }

  /** The parts between separators that stand in no parentheses and no quotes. */
  private static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(separator, at)) {
        parts.add(text.substring(start, at));
        at += separator.length();
        start = at;
      } else {
        at = past(text, at);
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** Where what begins at {@code at} ends: a character, a quoted text, a pair of parentheses. */
  private static int past(String text, int at) {
    return switch (text.charAt(at)) {
      case '(' -> closing(text, at) + 1;
      case '\'', '"' -> {
        // A doubled quote is the end of one text and the beginning of the next.
        int end = text.indexOf(text.charAt(at), at + 1);
        yield end < 0 ? text.length() : end + 1;
      }
      default -> at + 1;
    };
  }

  /** Index of the parenthesis that closes the one at {@code open}; the last one where none does. */
  private static int closing(String text, int open) {
    int depth = 0;
    int at = open;
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case '(' -> {
          depth++;
          at++;
        }
        case ')' -> {
          depth--;
          if (depth == 0) {
            return at;
          }
          at++;
        }
        default -> at = past(text, at);
      }
    }
    return text.length() - 1;
  }
}
