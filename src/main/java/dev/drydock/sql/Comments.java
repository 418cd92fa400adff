package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The comments in SQL, whose words say nothing about what it does. */
public final class Comments {
  private Comments() {}

  /** What the comments between slash and asterisk hold. */
  public static Stream<String> blocks(String sql) {
    List<String> blocks = new ArrayList<>();
    PostgresLexer lexer = new PostgresLexer(sql);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.COMMENT && sql.startsWith("/*", lexer.start())) {
        blocks.add(sql.substring(lexer.start() + 2, Math.max(lexer.start() + 2, lexer.end() - 2)));
      }
    }
    return blocks.stream();
  }

  /**
   * A text of SQL, such as the body of a function, with a blank in the place of each comment. A
   * constant in it may be SQL that it runs, so those in constants are left out too.
   */
  public static String without(String sql) {
    StringBuilder rest = new StringBuilder(sql.length());
    PostgresLexer lexer = new PostgresLexer(sql);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.COMMENT) {
        rest.append(' ');
      } else if (token == Token.STRING) {
        int inside = lexer.start() + lexer.quoteLength();
        rest.append(sql, lexer.start(), inside)
            .append(PostgresLexer.withoutComments(sql.substring(inside, lexer.end())));
      } else {
        rest.append(sql, lexer.start(), lexer.end());
      }
    }
    return rest.toString();
  }
}
