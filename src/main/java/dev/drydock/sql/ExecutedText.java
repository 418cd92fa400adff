package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an EXECUTE of the procedural language runs, as far as its constants tell: {@code 'update '
 * || name || ' set a = 1'}, {@code format('delete from %I', name)}.
 *
 * <p>Where a name belongs, whatever is put in is taken for a name. Elsewhere it may be anything, a
 * condition too.
 */
final class ExecutedText {
  /** Stands for a name that is put in. */
  static final String NAME = "…";

  private static final String NAME_IN_QUOTES = '"' + NAME + '"';

  /** Keeps whoever reads it from saying that no row is left out. */
  private static final String ANYTHING = " where anything ";

  private static final String SOME_VALUE = "''";

  /** How far back is looked for the word before a name. */
  private static final int LONGEST_NAME = 100;

  private static final Pattern PLACE = Pattern.compile("%(?:\\d+\\$)?-?\\d*([sIL%])");
  private static final Pattern BEFORE_NAME =
      Pattern.compile(
          "(?s).*\\b(?:update|from|into|only|truncate|table)\\s+(?:\\S+\\.)?\"?|(?s).*\\.\"?");
  private static final Set<String> QUOTING = Set.of("QUOTE_LITERAL", "QUOTE_NULLABLE");

  private final String expression;
  private final PostgresLexer lexer;
  private final StringBuilder text = new StringBuilder();

  private ExecutedText(String expression) {
    this.expression = expression;
    this.lexer = new PostgresLexer(expression);
  }

  /**
   * The text that runs; empty when it does not begin with a constant.
   *
   * @param expression what follows the word EXECUTE, up to the end of the statement
   */
  static String of(String expression) {
    ExecutedText executed = new ExecutedText(expression);
    executed.read();
    return executed.text.toString();
  }

  private void read() {
    Token token = lexer.nextSignificant();
    while (token != Token.END && !isClause()) {
      if (token == Token.STRING) {
        text.append(content());
        token = lexer.nextSignificant();
      } else if (token == Token.SYMBOL && lexer.first() == '|') {
        token = lexer.nextSignificant();
      } else if (lexer.is("FORMAT")) {
        token = format();
      } else if (text.isEmpty()) {
        return;
      } else {
        token = putIn(token);
      }
    }
  }

  private boolean isClause() {
    return lexer.is("USING") || lexer.is("INTO");
  }

  /** A {@code format(constant, …)}; returns the token after it. */
  private Token format() {
    Token token = lexer.nextSignificant();
    if (token != Token.SYMBOL || lexer.first() != '(') {
      return token;
    }
    token = lexer.nextSignificant();
    if (token == Token.STRING) {
      filled(content());
    } else if (!text.isEmpty()) {
      text.append(ANYTHING);
    }
    return behindParenthesis();
  }

  private void filled(String pattern) {
    Matcher place = PLACE.matcher(pattern);
    int at = 0;
    while (place.find()) {
      text.append(pattern, at, place.start());
      switch (place.group(1)) {
        case "%" -> text.append('%');
        case "I" -> text.append(NAME_IN_QUOTES);
        case "L" -> text.append(SOME_VALUE);
        default -> anything();
      }
      at = place.end();
    }
    text.append(pattern.substring(at));
  }

  /** A variable or another call; returns the token after it. */
  private Token putIn(Token token) {
    boolean value = token == Token.WORD && QUOTING.contains(lexer.upper());
    if (value) {
      text.append(SOME_VALUE);
    } else {
      anything();
    }
    Token next = token;
    int depth = 0;
    while (next != Token.END
        && !(depth <= 0 && ((next == Token.SYMBOL && lexer.first() == '|') || isClause()))) {
      depth += lexer.nesting();
      next = lexer.nextSignificant();
    }
    return next;
  }

  private void anything() {
    boolean quoted = !text.isEmpty() && text.charAt(text.length() - 1) == '"';
    String last =
        text.substring(Math.max(0, text.length() - LONGEST_NAME)).toLowerCase(Locale.ROOT);
    if (BEFORE_NAME.matcher(last).matches()) {
      text.append(quoted ? NAME : NAME_IN_QUOTES);
    } else {
      text.append(ANYTHING);
    }
  }

  /** The token after the parenthesis that closes the one which is open. */
  private Token behindParenthesis() {
    int depth = 1;
    Token token = lexer.nextSignificant();
    while (token != Token.END && depth > 0) {
      depth += lexer.nesting();
      token = lexer.nextSignificant();
    }
    return token;
  }

  private String content() {
    int quotes = lexer.quoteLength();
    int start = lexer.start() + quotes;
    String content = expression.substring(start, Math.max(start, lexer.end() - quotes));
    return quotes == 1 ? content.replace("''", "'") : content;
  }
}
