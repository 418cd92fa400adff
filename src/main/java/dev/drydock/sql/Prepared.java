package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.Objects;
import java.util.Optional;

/**
 * A statement that PREPARE keeps under a name for EXECUTE.
 *
 * @param name as the server folds it
 * @param sql the statement that is kept
 */
public record Prepared(String name, String sql) {
  public Prepared {
    Objects.requireNonNull(name);
    Objects.requireNonNull(sql);
  }

  /** What a PREPARE keeps; empty for any other statement. */
  public static Optional<Prepared> keptBy(String statement) {
    PostgresLexer lexer = new PostgresLexer(statement, 0, statement.length());
    if (significant(lexer) != Token.WORD || !lexer.is("PREPARE")) {
      return Optional.empty();
    }
    Optional<String> name = name(statement, lexer);
    int depth = 0;
    for (Token token = significant(lexer); token != Token.END; token = significant(lexer)) {
      if (token == Token.SYMBOL) {
        depth += lexer.first() == '(' ? 1 : lexer.first() == ')' ? -1 : 0;
      } else if (token == Token.WORD && depth == 0 && lexer.is("AS")) {
        String sql = statement.substring(lexer.end()).strip();
        return name.map(kept -> new Prepared(kept, sql));
      }
    }
    return Optional.empty();
  }

  /** The name under which an EXECUTE looks for what it runs; empty for any other statement. */
  public static Optional<String> executedBy(String statement) {
    PostgresLexer lexer = new PostgresLexer(statement, 0, statement.length());
    return significant(lexer) == Token.WORD && lexer.is("EXECUTE")
        ? name(statement, lexer)
        : Optional.empty();
  }

  private static Optional<String> name(String statement, PostgresLexer lexer) {
    Token token = significant(lexer);
    return token == Token.WORD || token == Token.QUOTED
        ? Optional.of(Identifier.fold(statement.substring(lexer.start(), lexer.end())))
        : Optional.empty();
  }

  private static Token significant(PostgresLexer lexer) {
    Token token = lexer.next();
    while (token == Token.SPACE || token == Token.COMMENT) {
      token = lexer.next();
    }
    return token;
  }
}
