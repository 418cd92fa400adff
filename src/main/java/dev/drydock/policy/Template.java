package dev.drydock.policy;

import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text with CEL in braces; a doubled brace stands for itself. */
final class Template {
  /** How many elements of a long list are named: a message is read, not searched. */
  private static final int LISTED = 8;

  private static final Pattern LINE_END = Pattern.compile("\\s*\n\\s*");

  private final List<Piece> pieces;

  private sealed interface Piece {}

  private record Literal(String text) implements Piece {}

  private record Value(Expressions.Program program) implements Piece {}

  private Template(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /**
   * Compiles {@code text}.
   *
   * @param key the key of the rule file it stands under
   * @throws PolicyException when an expression does not compile or a brace is not closed
   */
  static Template compile(Expressions expressions, Rule rule, String key, String text) {
    // YAML keeps a line end before an indented line, and a message is one line.
    UnaryOperator<String> literally =
        key.equals("message") ? line -> LINE_END.matcher(line).replaceAll(" ") : line -> line;
    List<Piece> pieces = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if ((c == '{' || c == '}') && text.startsWith(String.valueOf(c), i + 1)) {
        literal.append(c);
        i += 2;
      } else if (c == '{') {
        int end = closing(text, i + 1);
        if (end < 0) {
          throw new PolicyException(
              "rule %s: `%s` has a brace that is not closed".formatted(rule.id(), key), null);
        }
        pieces.add(new Literal(literally.apply(literal.toString())));
        literal.setLength(0);
        pieces.add(new Value(expressions.shown(rule, key, text.substring(i + 1, end))));
        i = end + 1;
      } else {
        literal.append(c);
        i++;
      }
    }
    pieces.add(new Literal(literally.apply(literal.toString())));
    return new Template(List.copyOf(pieces));
  }

  private static int closing(String text, int from) {
    int depth = 0;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && depth-- == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The text with the values of these variables. */
  String fill(Map<String, Object> variables) throws CelEvaluationException {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Literal literal -> text.append(literal.text());
        case Value value -> text.append(show(value.program().evaluate(variables)));
      }
    }
    return text.toString();
  }

  private static String show(Object value) {
    if (!(value instanceof List<?> list)) {
      return String.valueOf(value);
    }
    // A list of one more than is shown is shown whole: "and 1 more" takes as much room.
    int shown = list.size() <= LISTED + 1 ? list.size() : LISTED;
    String text = list.stream().limit(shown).map(Template::show).collect(Collectors.joining(", "));
    return shown == list.size() ? text : text + " and %d more".formatted(list.size() - shown);
  }
}
