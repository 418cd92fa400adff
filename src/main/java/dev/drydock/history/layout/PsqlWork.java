package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.Optional;

/** What psql does with a script and no server: its own commands, and rows below a {@code COPY}. */
public final class PsqlWork {
  private static final String COMMANDS =
      "It has a command of psql's, which begins with a backslash: pg_dump writes some. %s sends it to the server, which refuses it.";

  private static final String ROWS =
      "It has rows below a `COPY … FROM stdin`, which psql sends as such. %s does not, so that the server refuses them.";

  private final Layout layout;
  private final String text;
  private final int end;
  private final PostgresLexer lexer;

  private PsqlWork(Layout layout, Script script) {
    this.layout = layout;
    this.text = script.file().text();
    this.end = script.end();
    this.lexer = new PostgresLexer(text, script.start(), script.end());
  }

  /** What a tool does not get done of a script, where it runs no psql. */
  public static Optional<Obstacle> in(Layout layout, Script script) {
    boolean psql =
        layout instanceof PlainFiles
            || layout instanceof Sqitch
            // Liquibase has it run what says so.
            || (layout instanceof Liquibase && script.file().text().contains("runWith:"));
    return psql ? Optional.empty() : new PsqlWork(layout, script).obstacle();
  }

  private Optional<Obstacle> obstacle() {
    boolean first = true;
    boolean copy = false;
    boolean from = false;
    boolean rows = false;
    for (Token token = lexer.nextSignificant();
        token != Token.END;
        token = lexer.nextSignificant()) {
      if (token == Token.SYMBOL && lexer.first() == '\\') {
        return Optional.of(new Obstacle(COMMANDS.formatted(layout.tool()), lexer.start()));
      }
      if (token == Token.SYMBOL && lexer.first() == ';') {
        int line = nextLine(lexer.end());
        if (rows && line < end) {
          if (!(layout instanceof Flyway)) {
            return Optional.of(new Obstacle(ROWS.formatted(layout.tool()), line));
          }
          lexer.resume(afterRows(line));
        }
        first = true;
        rows = false;
        continue;
      }
      copy = first ? lexer.is("COPY") : copy;
      rows |= copy && from && lexer.is("STDIN");
      from = lexer.is("FROM");
      first = false;
    }
    return Optional.empty();
  }

  private int afterRows(int from) {
    int line = from;
    while (line < end && !text.startsWith("\\.", line)) {
      line = nextLine(line);
    }
    return Math.min(end, line + 2);
  }

  private int nextLine(int from) {
    int newline = text.indexOf('\n', from);
    return newline < 0 ? end : Math.min(newline + 1, end);
  }
}
