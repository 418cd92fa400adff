package dev.drydock.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An expression that has an answer for every row: it compares columns with constants, and puts them
 * through functions that refuse nothing. What it is not known to be, it is not.
 */
public final class TotalExpression {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:('(?:[^']|'')*+')|(\\d+(?:\\.\\d+)?)|(\"(?:[^\"]|\"\")++\"|[\\p{L}_][\\p{L}\\p{N}_$]*)"
              + "|(\\|\\||::|<>|!=|<=|>=|[-+=<>().,\\[\\]]))");

  private static final String BOOLEAN = "boolean";
  private static final String INTEGER = "integer";
  private static final String TEXT = "text";

  /** Of a column or a constant, whose type the words alone do not tell. */
  private static final String UNKNOWN = "";

  /** Functions that refuse no value, and what they return. */
  private static final Map<String, String> FUNCTIONS =
      Stream.of(
              Map.entry(
                  INTEGER,
                  List.of("length", "char_length", "character_length", "octet_length", "strpos")),
              Map.entry(
                  TEXT,
                  List.of(
                      "upper",
                      "lower",
                      "initcap",
                      "trim",
                      "btrim",
                      "ltrim",
                      "rtrim",
                      "left",
                      "right",
                      "replace",
                      "reverse",
                      "translate",
                      "md5",
                      "concat",
                      "concat_ws",
                      "array_to_string")),
              Map.entry(TEXT + "[]", List.of("string_to_array")),
              Map.entry(UNKNOWN, List.of("coalesce", "nullif")))
          .flatMap(of -> of.getValue().stream().map(name -> Map.entry(name, of.getKey())))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final List<String> COMPARISONS = List.of("=", "<>", "!=", "<", ">", "<=", ">=");

  private final List<String> tokens;
  private int at;

  /** Thrown where the expression stops being one that is known. */
  private static final class NotKnown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotKnown() {
      super("", null, false, false);
    }
  }

  private TotalExpression(List<String> tokens) {
    this.tokens = tokens;
  }

  /**
   * What the expression returns, as the server prints the type; {@code anyarray} for an array of
   * what a column holds. Empty where a row may be refused, and where the type is not told by the
   * words.
   */
  public static Optional<String> type(String expression) {
    String text = expression.strip();
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    while (token.lookingAt()) {
      tokens.add(token.group().strip());
      end = token.end();
      token.region(end, text.length());
    }
    if (end < text.length() || tokens.isEmpty()) {
      return Optional.empty();
    }
    TotalExpression read = new TotalExpression(tokens);
    try {
      String type = read.disjunction();
      return read.at == tokens.size() && !type.equals(UNKNOWN)
          ? Optional.of(type)
          : Optional.empty();
    } catch (NotKnown unused) {
      return Optional.empty();
    }
  }

  private String disjunction() {
    String type = comparison();
    while (take("or") || take("and")) {
      comparison();
      type = BOOLEAN;
    }
    return type;
  }

  private String comparison() {
    if (take("not")) {
      comparison();
      return BOOLEAN;
    }
    String type = concatenation();
    if (at < tokens.size() && COMPARISONS.contains(tokens.get(at))) {
      at++;
      concatenation();
      return BOOLEAN;
    }
    if (take("is")) {
      take("not");
      if (take("distinct")) {
        expect("from");
        concatenation();
      } else if (!take("null") && !take("true") && !take("false")) {
        throw new NotKnown();
      }
      return BOOLEAN;
    }
    boolean negated = take("not");
    if (take("in")) {
      expect("(");
      list(")");
      return BOOLEAN;
    }
    if (negated) {
      throw new NotKnown();
    }
    return type;
  }

  private String concatenation() {
    String type = value();
    boolean text = isText(type);
    boolean several = false;
    while (take("||")) {
      several = true;
      text |= isText(value());
    }
    if (several && !text) {
      // What joins two values that are no texts may refuse them.
      throw new NotKnown();
    }
    return several ? TEXT : type;
  }

  /** Whether the value that was read last is one, or a constant, which is one beside a text. */
  private boolean isText(String type) {
    return type.equals(TEXT) || tokens.get(at - 1).startsWith("'");
  }

  private String value() {
    String type = plain();
    while (take("::")) {
      // Everything has a text.
      if (!take(TEXT)) {
        throw new NotKnown();
      }
      type = TEXT;
    }
    return type;
  }

  private String plain() {
    if (take("(")) {
      String type = disjunction();
      expect(")");
      return type;
    }
    if (take("array")) {
      expect("[");
      String type = list("]");
      return type.equals(UNKNOWN) ? "anyarray" : type + "[]";
    }
    boolean negative = take("-");
    if (at >= tokens.size()) {
      throw new NotKnown();
    }
    String token = tokens.get(at++);
    if (negative && !Character.isDigit(token.charAt(0))) {
      // The least number has no opposite.
      throw new NotKnown();
    }
    if (token.startsWith("'") || Character.isDigit(token.charAt(0))) {
      return UNKNOWN;
    }
    if (!token.startsWith("\"") && !Character.isLetter(token.charAt(0)) && token.charAt(0) != '_') {
      throw new NotKnown();
    }
    if (take("(")) {
      return call(token);
    }
    while (take(".")) {
      at++;
    }
    // What stands in a schema may be anybody's.
    if (at < tokens.size() && tokens.get(at).equals("(")) {
      throw new NotKnown();
    }
    return UNKNOWN;
  }

  private String call(String name) {
    String type = FUNCTIONS.get(name.toLowerCase(Locale.ROOT));
    if (type == null) {
      throw new NotKnown();
    }
    int from = at;
    String arguments = list(")");
    if (type.equals(INTEGER)
        && !name.equalsIgnoreCase("strpos")
        && tokens.subList(from, at).contains(",")) {
      // With an encoding beside it, it reads bytes as text.
      throw new NotKnown();
    }
    return type.equals(UNKNOWN) ? arguments : type;
  }

  /** The values up to {@code end}; the type of the first that tells one. */
  private String list(String end) {
    String type = UNKNOWN;
    do {
      String next = disjunction();
      type = type.equals(UNKNOWN) ? next : type;
    } while (take(","));
    expect(end);
    return type;
  }

  private boolean take(String word) {
    if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(word)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String word) {
    if (!take(word)) {
      throw new NotKnown();
    }
  }
}
