package dev.drydock.facts.mapping;

import dev.drydock.schema.ColumnType;
import dev.drydock.sql.TotalExpression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a change of a column's type does to values that the new type does not hold. */
final class Narrowing {
  private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");
  private static final List<String> TEXTS =
      List.of("character varying", "text", "character", "bpchar", "citext", "name");
  private static final Map<String, Integer> DIGITS =
      Map.of("smallint", 5, "integer", 10, "bigint", 19);

  /** The longest text that a value of the type can be. */
  private static final Map<String, Integer> CHARACTERS =
      Map.of("smallint", 6, "integer", 11, "bigint", 20, "boolean", 5, "uuid", 36);

  /** The fields that end an interval, the finest first. */
  private static final List<String> FIELDS =
      List.of("second", "minute", "hour", "day", "month", "year");

  private static final int MICROSECONDS = 6;
  private static final int FLOAT_DIGITS = 6;
  private static final int DOUBLE_DIGITS = 15;

  /** Decimal digits before the point that the smaller of the two has room for. */
  private static final int FLOAT_RANGE = 38;

  private static final int MONEY_DIGITS = 16;
  private static final int CENTS = 2;

  private static final List<String> ROOM_FOR_INTEGERS =
      List.of("integer", "bigint", "numeric", "double precision");
  private static final List<String> UNLIMITED_TEXTS = List.of("text", "character varying");

  /** What reads bytes as text in an encoding refuses those that are none. */
  private static final Pattern DECODES =
      Pattern.compile("\\bconvert_from\\s*\\(", Pattern.CASE_INSENSITIVE);

  /** One element of an array by its number, which is null where there is none. */
  private static final Pattern ELEMENT =
      Pattern.compile("\\(*\\s*(\\w+|\"[^\"]+\")\\s*\\[\\s*\\d+\\s*]\\s*\\)*");

  private Narrowing() {}

  static boolean isText(String type) {
    return TEXTS.contains(bare(type));
  }

  /** Without the schema of an extension's type, and for an array the type of what is in it. */
  private static String bare(String type) {
    String element = type.endsWith("[]") ? type.substring(0, type.length() - 2) : type;
    return element.endsWith(".citext") ? "citext" : element;
  }

  private static boolean isArray(ColumnType type) {
    return type.base().endsWith("[]");
  }

  /**
   * What becomes of values that the new type does not hold: {@code refused}, {@code rounded},
   * {@code cut}; empty when it holds all.
   *
   * @param explicit whether a USING expression makes the new values: a cast in it cuts where an
   *     assignment refuses
   */
  static List<String> misfits(ColumnType before, ColumnType after, boolean explicit) {
    if (isArray(before) != isArray(after)) {
      return List.of();
    }
    String from = bare(before.base());
    String to = bare(after.base());
    if (TEXTS.contains(to) && shortens(before, after)) {
      return explicit ? List.of("refused", "cut") : List.of("refused");
    }
    if (TEXTS.contains(from) && (to.equals("\"char\"") || to.equals("name"))) {
      return from.equals(to) ? List.of() : List.of("cut");
    }
    if (from.startsWith("bit") && to.startsWith("bit")) {
      return isShorter(before, after)
          ? explicit ? List.of("refused", "cut") : List.of("refused")
          : List.of();
    }
    if (from.equals("macaddr8") && to.equals("macaddr")) {
      return List.of("refused");
    }
    if (losesParts(from, to)) {
      return List.of("cut");
    }
    if (hasSeconds(from) && hasSeconds(to)) {
      return digits(after) < digits(before) ? List.of("rounded") : List.of();
    }
    return numbers(before, after);
  }

  private static boolean isShorter(ColumnType before, ColumnType after) {
    return after.length() >= 0 && (before.length() < 0 || after.length() < before.length());
  }

  /** Whether the values of the old type can be longer texts than the new one has room for. */
  private static boolean shortens(ColumnType before, ColumnType after) {
    String from = bare(before.base());
    if (CHARACTERS.containsKey(from)) {
      return after.length() >= 0 && after.length() < CHARACTERS.get(from);
    }
    return (TEXTS.contains(from) || from.equals("xml")) && isShorter(before, after);
  }

  /** Whether the new type is without a part that values of the old one have: a day, a zone. */
  private static boolean losesParts(String from, String to) {
    if (from.startsWith("interval")) {
      return to.startsWith("time ")
          || (to.startsWith("interval") && lastField(to) > lastField(from));
    }
    return (from.startsWith("timestamp") && (to.equals("date") || to.startsWith("time ")))
        || (from.equals("time with time zone") && to.equals("time without time zone"))
        || (from.equals("inet") && to.equals("cidr"));
  }

  /** The server sets to zero what is finer than the last field that the type names. */
  private static int lastField(String interval) {
    String last = interval.substring(interval.lastIndexOf(' ') + 1);
    return Math.max(FIELDS.indexOf(last), 0);
  }

  private static List<String> numbers(ColumnType before, ColumnType after) {
    String from = bare(before.base());
    String to = bare(after.base());
    if (INTEGERS.contains(from) && INTEGERS.contains(to)) {
      return INTEGERS.indexOf(to) < INTEGERS.indexOf(from) ? List.of("refused") : List.of();
    }
    if (isFraction(from) && INTEGERS.contains(to)) {
      return List.of("refused", "rounded");
    }
    if (from.equals("double precision") && to.equals("real")) {
      return List.of("refused", "rounded");
    }
    return switch (to) {
      case "numeric" -> toNumeric(before, after);
      case "real" -> toFloat(before, FLOAT_DIGITS);
      case "double precision" -> toFloat(before, DOUBLE_DIGITS);
      case "money" -> toMoney(before);
      default -> List.of();
    };
  }

  private static List<String> toNumeric(ColumnType before, ColumnType after) {
    String from = bare(before.base());
    if (after.length() < 0) {
      return List.of();
    }
    if (DIGITS.containsKey(from)) {
      return wholeDigits(after) < DIGITS.get(from) ? List.of("refused") : List.of();
    }
    if (!from.equals("numeric") || before.length() < 0) {
      return isFraction(from) ? List.of("refused", "rounded") : List.of();
    }
    boolean rounded = places(after) < places(before);
    // Rounding up may take one digit more.
    boolean refused =
        wholeDigits(after) < wholeDigits(before)
            || (rounded && wholeDigits(after) == wholeDigits(before));
    return Stream.of(refused ? "refused" : "", rounded ? "rounded" : "")
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** A floating point number keeps so many decimal digits, and goes further than most numbers. */
  private static List<String> toFloat(ColumnType before, int digits) {
    String from = bare(before.base());
    if (DIGITS.containsKey(from)) {
      return DIGITS.get(from) > digits && !from.equals("smallint") ? List.of("rounded") : List.of();
    }
    if (!from.equals("numeric")) {
      return List.of();
    }
    if (before.length() < 0 || wholeDigits(before) > FLOAT_RANGE) {
      return List.of("refused", "rounded");
    }
    return before.length() > digits ? List.of("rounded") : List.of();
  }

  private static List<String> toMoney(ColumnType before) {
    if (before.base().equals("bigint")) {
      return List.of("refused");
    }
    if (!before.base().equals("numeric")) {
      return List.of();
    }
    return before.length() < 0 || wholeDigits(before) > MONEY_DIGITS
        ? List.of("refused", "rounded")
        : places(before) > CENTS ? List.of("rounded") : List.of();
  }

  private static int places(ColumnType numeric) {
    return Math.max(numeric.scale(), 0);
  }

  private static int wholeDigits(ColumnType numeric) {
    return numeric.length() - places(numeric);
  }

  private static boolean isFraction(String type) {
    return type.equals("numeric")
        || type.equals("double precision")
        || type.equals("real")
        || type.equals("money");
  }

  private static boolean hasSeconds(String type) {
    return type.startsWith("timestamp") || type.startsWith("time ") || type.startsWith("interval");
  }

  private static int digits(ColumnType type) {
    return type.length() < 0 ? MICROSECONDS : type.length();
  }

  /**
   * Whether values may be refused on the way: texts that are not what the new type reads, labels an
   * enum has not.
   *
   * @param using the expression that makes the new values, where one is written
   */
  static boolean mayFail(ColumnType before, ColumnType after, Optional<String> using) {
    boolean holdsAll =
        using.flatMap(TotalExpression::type).filter(type -> holds(before, type, after)).isPresent()
            || takesElement(before, after, using);
    return !holdsAll
        && (mayFail(before, after)
            || (before.base().startsWith("bit")
                && using.isEmpty()
                && isOfOtherLength(before, after))
            || (before.base().equals("bytea")
                && isText(after.base())
                && using.filter(DECODES.asPredicate()).isPresent()));
  }

  private static boolean takesElement(ColumnType before, ColumnType after, Optional<String> using) {
    return isArray(before)
        && isText(before.base())
        && UNLIMITED_TEXTS.contains(after.base())
        && after.length() < 0
        && using.filter(expression -> ELEMENT.matcher(expression.strip()).matches()).isPresent();
  }

  /** Whether the type has room for all values of the type that a total expression returns. */
  private static boolean holds(ColumnType column, String type, ColumnType after) {
    return switch (type) {
      case "boolean" -> after.base().equals("boolean");
      case "integer" -> after.length() < 0 && ROOM_FOR_INTEGERS.contains(after.base());
      case "text" -> after.length() < 0 && UNLIMITED_TEXTS.contains(after.base());
      case "anyarray" ->
          after.length() < 0
              && (after.base().equals(column.base() + "[]")
                  || (UNLIMITED_TEXTS.contains(column.base())
                      && UNLIMITED_TEXTS.contains(bare(after.base()))
                      && isArray(after)));
      case "text[]" ->
          after.length() < 0 && isArray(after) && UNLIMITED_TEXTS.contains(bare(after.base()));
      default -> false;
    };
  }

  /**
   * A bit string of a fixed length takes none of another, and a shorter type is narrower besides.
   */
  private static boolean isOfOtherLength(ColumnType before, ColumnType after) {
    return after.base().equals("bit")
        && !isShorter(before, after)
        && (before.base().equals("bit varying") || before.length() != after.length());
  }

  private static boolean mayFail(ColumnType before, ColumnType after) {
    boolean fromText = isText(before.base());
    boolean toText = isText(after.base()) && isArray(before) == isArray(after);
    if (fromText) {
      return !toText && !after.base().startsWith("\"char\"");
    }
    if (before.kind().equals("enum") || after.kind().equals("enum")) {
      // The name alone does not tell them apart: the old type may have been renamed out of the way.
      return !toText
          && !(before.typeId().equals(after.typeId()) && before.base().equals(after.base()));
    }
    boolean fromJson = before.base().equals("json") || before.base().equals("jsonb");
    return fromJson && !toText && !after.base().startsWith("json");
  }
}
