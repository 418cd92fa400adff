package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import dev.drydock.source.SourceFile;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Statements that end where a line ends with a semicolon, or between a mark for their beginning and
 * one for their end, as goose and sql-migrate have them.
 *
 * @param begin what a line is found by that begins a statement
 * @param end what a line is found by that ends it
 * @param sign what the marks begin with
 */
record LineStatements(String tool, Pattern begin, Pattern end, String sign) {

  /** What the tool cannot read in a script, or the server cannot in what the tool makes of it. */
  Optional<Obstacle> obstacle(Script script) {
    SourceFile file = script.file();
    boolean marked = false;
    int start = script.start();
    int opened = start;
    for (int at = start; at < script.end(); ) {
      int next = Math.min(endOfLine(file.text(), at), script.end());
      String line = file.text().substring(at, next);
      if (begin.matcher(line).find()) {
        marked = true;
        opened = at;
        start = next;
      } else if (end.matcher(line).find()) {
        marked = false;
        start = next;
      } else if (!marked && endsStatement(line)) {
        Optional<Obstacle> cut = cut(file.text(), start, next);
        if (cut.isPresent()) {
          return cut;
        }
        start = next;
      }
      at = next;
    }
    if (marked) {
      return Optional.of(
          new Obstacle(
              "%s stops at it: there is no `-- %s StatementEnd` for a `-- %s StatementBegin`."
                  .formatted(tool, sign, sign),
              opened));
    }
    return SqlText.statements(file.text().substring(start, script.end())).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                "%s stops at it: its last statement has no semicolon at the end of a line."
                    .formatted(tool),
                firstWord(file.text(), start, script.end())));
  }

  private static int endOfLine(String text, int at) {
    int newline = text.indexOf('\n', at);
    return newline < 0 ? text.length() : newline + 1;
  }

  /** The last word before one that begins with what begins a comment. */
  private static boolean endsStatement(String line) {
    String last = "";
    for (String word : line.strip().split("\\s+")) {
      if (word.startsWith("--")) {
        break;
      }
      last = word;
    }
    return last.endsWith(";");
  }

  /** A body between dollar signs that goes on after the semicolon. */
  private Optional<Obstacle> cut(String text, int start, int end) {
    PostgresLexer lexer = new PostgresLexer(text, start, end);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.STRING && lexer.first() == '$') {
        String tag = text.substring(lexer.start(), lexer.start() + lexer.quoteLength());
        boolean closed =
            lexer.end() - lexer.start() >= 2 * tag.length()
                && text.substring(lexer.start(), lexer.end()).endsWith(tag);
        if (!closed) {
          return Optional.of(
              new Obstacle(
                  "%s ends a statement where a line ends with a semicolon, so that the server gets it without the rest of what `$$` begins, and refuses it: it has to stand between `-- %s StatementBegin` and `-- %s StatementEnd`."
                      .formatted(tool, sign, sign),
                  firstWord(text, start, end)));
        }
      }
    }
    return Optional.empty();
  }

  private static int firstWord(String text, int start, int end) {
    PostgresLexer lexer = new PostgresLexer(text, start, end);
    return lexer.nextSignificant() == Token.END ? start : lexer.start();
  }
}
