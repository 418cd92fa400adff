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
    PostgresLexer lexer = new PostgresLexer(statement);
    lexer.nextSignificant();
    if (!lexer.is("PREPARE")) {
      return Optional.empty();
    }
    Optional<String> name = name(statement, lexer);
    int depth = 0;
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      if (token == Token.SYMBOL) {
        depth += lexer.nesting();
      } else if (depth == 0 && lexer.is("AS")) {
        String sql = statement.substring(lexer.end()).strip();
        return name.map(kept -> new Prepared(kept, sql));
      }
    }
    return Optional.empty();
  }

  /** The name under which an EXECUTE looks for what it runs; empty for any other statement. */
  public static Optional<String> executedBy(String statement) {
    PostgresLexer lexer = new PostgresLexer(statement);
    lexer.nextSignificant();
    return lexer.is("EXECUTE") ? name(statement, lexer) : Optional.empty();
  }

  private static Optional<String> name(String statement, PostgresLexer lexer) {
    Token token = lexer.nextSignificant();
    return token == Token.WORD || token == Token.QUOTED
        ? Optional.of(Identifier.fold(statement.substring(lexer.start(), lexer.end())))
        : Optional.empty();
  }
}
