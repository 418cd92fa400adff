package dev.drydock.sql;

import dev.drydock.history.Placeholders;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a script that psql runs gives values to by {@code \\set}, where those are written out. */
final class PsqlVariables {
  private static final String PIECE = "'(?:[^'\\\\]|'')*+'|[^\\s'\"`:\\\\]++";

  private static final Pattern SET =
      Pattern.compile("\\\\set\\s+(\\w+)((?:\\s+(?:" + PIECE + ")+)*+)\\s*");

  private static final Pattern UNSET = Pattern.compile("\\\\unset\\s+(\\w+)\\s*");

  private static final Pattern ASKED =
      Pattern.compile(":(?:\\{\\?(\\w+)}|(?<mark>['\"]?)(\\w+)\\k<mark>)");

  /** What psql takes for a yes, of which it takes any beginning too. */
  private static final List<String> TRUE = List.of("true", "yes", "on", "1");

  private static final Pattern VALUE = Pattern.compile(PIECE);

  private final Map<String, String> values = new HashMap<>();

  /** Takes note of a command of psql's, if it is that one. */
  void read(String command) {
    Matcher set = SET.matcher(command);
    if (set.matches()) {
      StringBuilder value = new StringBuilder();
      VALUE.matcher(set.group(2)).results().forEach(piece -> value.append(unquoted(piece.group())));
      values.put(set.group(1), value.toString());
    }
    Matcher unset = UNSET.matcher(command);
    if (unset.matches()) {
      values.remove(unset.group(1));
    }
  }

  /**
   * Whether what a condition says holds; nothing where it asks for a value that is not known. A
   * variable that nobody has given a value here is taken not to have one.
   *
   * @param given values from elsewhere
   */
  Optional<Boolean> truth(String condition, Map<String, String> given) {
    Map<String, String> known = new HashMap<>(given);
    known.putAll(values);
    StringBuilder text = new StringBuilder();
    Matcher asked = ASKED.matcher(condition);
    while (asked.find()) {
      String name = asked.group(1) == null ? asked.group(3) : asked.group(1);
      if (asked.group(1) == null && !known.containsKey(name)) {
        return Optional.empty();
      }
      String value =
          asked.group(1) == null ? known.get(name) : String.valueOf(known.containsKey(name));
      asked.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    asked.appendTail(text);
    String value = text.toString().strip().replaceFirst("^'(.*)'$", "$1").toLowerCase(Locale.ROOT);
    // Of what it takes for neither psql says so, and goes on as after a no.
    return text.indexOf("`") >= 0
        ? Optional.empty()
        : Optional.of(
            !value.isEmpty()
                && !value.equals("o")
                && TRUE.stream().anyMatch(yes -> yes.startsWith(value)));
  }

  private static String unquoted(String piece) {
    return piece.startsWith("'")
        ? piece.substring(1, piece.length() - 1).replace("''", "'")
        : piece;
  }

  /**
   * What is filled in from here on.
   *
   * @param given from elsewhere; where a tool has its own way to ask for it, psql runs nothing
   */
  Optional<Placeholders> over(Optional<Placeholders> given) {
    if (values.isEmpty() || given.filter(known -> !known.mayBePsqls()).isPresent()) {
      return given;
    }
    return Optional.of(
        given
            .orElseGet(() -> new Placeholders.Psql(new Placeholders.Colon(Map.of())))
            .with(values));
  }
}
