package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;

/**
 * How deep a statement nests, found without recursion, so that a recursive parser is only given
 * what its stack can hold.
 */
final class Nesting {
  private Nesting() {}

  /**
   * Whether parentheses, brackets, CASE expressions and operators in a row (each of which a parser
   * may descend for) are open more than {@code most} at a time.
   */
  static boolean isDeeperThan(int most, String sql) {
    PostgresLexer lexer = new PostgresLexer(sql);
    int open = 0;
    int row = 0;
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      switch (token) {
        case SPACE, COMMENT -> {
          continue;
        }
        case SYMBOL -> {
          char c = lexer.first();
          if (c == '(' || c == '[') {
            open++;
          } else if (c == ')' || c == ']') {
            open = Math.max(open - 1, 0);
          } else {
            row++;
          }
        }
        case WORD -> {
          if (lexer.is("CASE")) {
            open++;
          } else if (lexer.is("END")) {
            open = Math.max(open - 1, 0);
          }
          row = lexer.is("NOT") ? row + 1 : 0;
        }
        case QUOTED, STRING, NUMBER, BROKEN, END -> row = 0;
      }
      if (open + row > most) {
        return true;
      }
    }
    return false;
  }
}
