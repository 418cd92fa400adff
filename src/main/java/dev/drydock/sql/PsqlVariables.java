package dev.drydock.sql;

import dev.drydock.history.Placeholders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a script that psql runs gives values to by {@code \\set}, where those are written out. */
final class PsqlVariables {
  private static final String PIECE = "'(?:[^'\\\\]|'')*+'|[^\\s'\"`:\\\\]++";

  private static final Pattern SET =
      Pattern.compile("\\\\set\\s+(\\w+)((?:\\s+(?:" + PIECE + ")+)*+)\\s*");

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
    if (values.isEmpty() || given.filter(Placeholders.Braced.class::isInstance).isPresent()) {
      return given;
    }
    return Optional.of(
        given
            .orElseGet(() -> new Placeholders.Psql(new Placeholders.Colon(Map.of())))
            .with(values));
  }
}
