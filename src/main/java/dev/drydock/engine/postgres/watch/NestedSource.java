package dev.drydock.engine.postgres.watch;

import dev.drydock.source.Location;
import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import dev.drydock.sql.Statement;
import java.util.Optional;

/** Finds a command that ran inside a DO block in the text of the block. */
final class NestedSource {
  /**
   * The body of a block.
   *
   * @param start offset of its first character in the statement
   * @param plain whether it runs as it is written, without escapes
   */
  private record Body(int start, boolean plain) {}

  private NestedSource() {}

  /** Whether the lines of the block's body are those that the server counts. */
  static boolean isAsItRuns(String statement) {
    return body(statement).filter(Body::plain).isPresent();
  }

  /** Of {@code DO LANGUAGE 'plpgsql' $$ … $$} the first string is not the body. */
  private static Optional<Body> body(String statement) {
    PostgresLexer lexer = new PostgresLexer(statement);
    boolean language = false;
    boolean plain = true;
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      if (token == Token.STRING && !language) {
        return Optional.of(new Body(lexer.start() + lexer.quoteLength(), plain));
      }
      // E'…', and U&'…'
      plain = token != Token.SYMBOL && !lexer.is("E");
      language = lexer.is("LANGUAGE");
    }
    return Optional.empty();
  }

  /**
   * The line of a block's body at an offset of the statement it stands in, as the server counts.
   */
  static int line(String statement, int offset) {
    int start = body(statement).map(Body::start).orElse(0);
    return 1 + (int) statement.substring(start, offset).chars().filter(c -> c == '\n').count();
  }

  /**
   * The command's place in the file: its own text where it stands there as it ran, else the line
   * the server names.
   *
   * @return empty for a command of a function, whose text stands elsewhere
   */
  static Optional<Location> locate(Statement statement, DdlEvent.Context context) {
    if (!context.function().isEmpty()) {
      return Optional.empty();
    }
    String text = statement.text();
    Optional<Body> body = body(text);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    int start = body.get().start();
    for (int line = 1; line < context.line(); line++) {
      int next = text.indexOf('\n', start);
      if (next < 0) {
        return Optional.empty();
      }
      start = next + 1;
    }
    int verbatim = context.sql().isEmpty() ? -1 : text.indexOf(context.sql(), start);
    if (verbatim >= 0) {
      return Optional.of(statement.location(verbatim, verbatim + context.sql().length()));
    }
    int end = text.indexOf('\n', start);
    end = end < 0 ? text.length() : end;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return Optional.of(statement.location(start, end));
  }
}
