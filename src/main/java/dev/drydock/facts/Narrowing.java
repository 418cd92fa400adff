package dev.drydock.facts;

import dev.drydock.schema.ColumnType;
import java.util.List;
import java.util.Map;

/** Whether a change of a column's type can lose values. */
final class Narrowing {
  private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");
  private static final List<String> TEXTS =
      List.of("character varying", "text", "character", "bpchar", "citext", "name");
  private static final Map<String, Integer> DIGITS =
      Map.of("smallint", 5, "integer", 10, "bigint", 19);

  /** The longest text that a value of the type can be. */
  private static final Map<String, Integer> CHARACTERS =
      Map.of("smallint", 6, "integer", 11, "bigint", 20, "boolean", 5, "uuid", 36);

  private static final int MICROSECONDS = 6;

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

  /** Whether the new type holds less: values are refused or rounded when they do not fit. */
  static boolean narrows(ColumnType before, ColumnType after) {
    if (isArray(before) != isArray(after)) {
      return false;
    }
    String from = bare(before.base());
    String to = bare(after.base());
    if (TEXTS.contains(from) && TEXTS.contains(to)) {
      return after.length() >= 0 && (before.length() < 0 || after.length() < before.length());
    }
    if (CHARACTERS.containsKey(from) && TEXTS.contains(to)) {
      return after.length() >= 0 && after.length() < CHARACTERS.get(from);
    }
    if (from.equals("xml") && TEXTS.contains(to)) {
      return after.length() >= 0;
    }
    if (INTEGERS.contains(from) && INTEGERS.contains(to)) {
      return INTEGERS.indexOf(to) < INTEGERS.indexOf(from);
    }
    if (from.equals("numeric") && to.equals("numeric")) {
      return narrowsNumeric(before, after);
    }
    if (to.equals("numeric") && after.length() >= 0 && !from.equals("numeric")) {
      return DIGITS.containsKey(from)
          ? after.length() - Math.max(after.scale(), 0) < DIGITS.get(from)
          : isFraction(from);
    }
    if (isFraction(from) && INTEGERS.contains(to)) {
      return true;
    }
    if (from.equals("double precision") && to.equals("real")) {
      return true;
    }
    if (from.startsWith("timestamp") && to.equals("date")) {
      return true;
    }
    if (hasSeconds(from) && hasSeconds(to)) {
      return digits(after) < digits(before);
    }
    return from.startsWith("bit")
        && to.startsWith("bit")
        && after.length() >= 0
        && (before.length() < 0 || after.length() < before.length());
  }

  private static boolean narrowsNumeric(ColumnType before, ColumnType after) {
    if (after.length() < 0) {
      return false;
    }
    if (before.length() < 0) {
      return true;
    }
    int integersBefore = before.length() - Math.max(before.scale(), 0);
    int integersAfter = after.length() - Math.max(after.scale(), 0);
    return integersAfter < integersBefore
        || Math.max(after.scale(), 0) < Math.max(before.scale(), 0);
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
   */
  static boolean mayFail(ColumnType before, ColumnType after) {
    boolean fromText = isText(before.base());
    boolean toText = isText(after.base()) && isArray(before) == isArray(after);
    if (fromText) {
      return !toText && !after.base().equals("bytea");
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
