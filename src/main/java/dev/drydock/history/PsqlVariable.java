package dev.drydock.history;

import java.util.Map;

/** The ways in which a script asks psql for a variable. */
public final class PsqlVariable {
  private PsqlVariable() {}

  /** What each of them is replaced with: the value as it is, as a literal and as a name. */
  public static Map<String, String> forms(String name, String value) {
    String plain = name.startsWith(":") ? name.substring(1) : name;
    return Map.of(
        ":" + plain,
        value,
        ":'" + plain + "'",
        "'" + value.replace("'", "''") + "'",
        ":\"" + plain + "\"",
        '"' + value.replace("\"", "\"\"") + '"');
  }
}
