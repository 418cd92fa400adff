package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a CASE makes of each value of a column, where its tests cannot fail and its results are
 * constants of the new type: these the server reads with the statement, whatever rows there are.
 */
final class CaseAnswers {
  private static final Set<String> TESTS =
      Set.of("AND", "OR", "NOT", "IN", "IS", "NULL", "DISTINCT", "FROM", "LOWER", "UPPER", "TRIM");

  private static final Set<String> TESTING = Set.of("(", ")", ",", "=", "<", ">", "!");

  private static final Set<String> TEXTS = Set.of("TEXT", "VARCHAR");

  private static final Set<String> PARTS = Set.of("CASE", "WHEN", "THEN", "ELSE", "END");

  /** Types that a whole number of up to nine digits is assigned to as it is. */
  private static final Set<String> NUMBERS =
      Set.of("INT", "INTEGER", "INT4", "BIGINT", "INT8", "NUMERIC", "DECIMAL");

  private static final int SURE_DIGITS = 9;

  /** What becomes of a value. */
  enum Answer {
    /** A constant, whatever it is. */
    ALWAYS,
    /** A constant or NULL. */
    OR_NULL,
    UNKNOWN
  }

  /** A word in upper case; a name in quotes without them, when it would do without. */
  private record Word(Token token, String text) {
    boolean is(String other) {
      return text.equals(other) && token != Token.STRING;
    }
  }

  private final String column;
  private final List<Word> type;

  private CaseAnswers(String column, String type) {
    this.column = column.toUpperCase(Locale.ROOT);
    this.type = words(type);
  }

  /**
   * @param expression that makes the new values
   * @param column as the server folds it
   * @param type the new type, as it is written
   */
  static Answer of(String expression, String column, String type) {
    return new CaseAnswers(column, type).of(bare(words(expression)));
  }

  private Answer of(List<Word> words) {
    if (words.isEmpty() || !words.getFirst().is("CASE") || !words.getLast().is("END")) {
      return Answer.UNKNOWN;
    }
    Answer answer = Answer.OR_NULL;
    boolean nulls = false;
    String part = "WHEN";
    List<Word> piece = new ArrayList<>();
    for (Word word : words.subList(1, words.size())) {
      if (word.token() != Token.WORD || !PARTS.contains(word.text())) {
        piece.add(word);
        continue;
      }
      boolean result = part.equals("THEN") || part.equals("ELSE");
      if (word.is("CASE") || !(result ? isConstant(bare(piece)) : isTest(piece))) {
        return Answer.UNKNOWN;
      }
      nulls |= result && bare(piece).getFirst().is("NULL");
      if (part.equals("ELSE")) {
        answer = Answer.ALWAYS;
      }
      part = word.text();
      piece.clear();
    }
    return nulls ? Answer.OR_NULL : answer;
  }

  private boolean isTest(List<Word> piece) {
    for (int i = 0; i < piece.size(); i++) {
      Word word = piece.get(i);
      boolean cast = i > 1 && piece.get(i - 1).is(":") && piece.get(i - 2).is(":");
      boolean sure =
          switch (word.token()) {
            case STRING -> !cast;
            case WORD, QUOTED ->
                cast ? TEXTS.contains(word.text()) : TESTS.contains(word.text()) || word.is(column);
            case SYMBOL -> TESTING.contains(word.text()) || word.is(":");
            case SPACE, COMMENT, NUMBER, BROKEN, END -> false;
          };
      if (!sure) {
        return false;
      }
    }
    return true;
  }

  private boolean isConstant(List<Word> piece) {
    if (piece.size() == 1) {
      Word word = piece.getFirst();
      return word.is("NULL")
          || (word.token() == Token.NUMBER && word.text().length() <= SURE_DIGITS && isOf(NUMBERS))
          || ((word.is("TRUE") || word.is("FALSE")) && isOf(Set.of("BOOL", "BOOLEAN")));
    }
    return piece.size() > 3
        && (piece.getFirst().token() == Token.STRING
            || piece.getFirst().token() == Token.NUMBER
            || piece.getFirst().is("NULL"))
        && piece.get(1).is(":")
        && piece.get(2).is(":")
        && piece.subList(3, piece.size()).equals(type);
  }

  private boolean isOf(Set<String> types) {
    return type.size() == 1 && types.contains(type.getFirst().text());
  }

  /** Without the parentheses around it. */
  private static List<Word> bare(List<Word> words) {
    List<Word> inner = words;
    while (inner.size() > 1 && closes(inner) == inner.size() - 1) {
      inner = inner.subList(1, inner.size() - 1);
    }
    return inner;
  }

  /** Where the parenthesis that it begins with is closed; -1 when it begins with none. */
  private static int closes(List<Word> words) {
    int depth = 0;
    for (int i = 0; i < words.size(); i++) {
      depth += words.get(i).is("(") ? 1 : words.get(i).is(")") ? -1 : 0;
      if (depth == 0) {
        return i == 0 ? -1 : i;
      }
    }
    return -1;
  }

  private static List<Word> words(String sql) {
    List<Word> words = new ArrayList<>();
    PostgresLexer lexer = new PostgresLexer(sql);
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      String text = token == Token.WORD ? lexer.upper() : sql.substring(lexer.start(), lexer.end());
      words.add(new Word(token, text));
    }
    return words;
  }
}
