package dev.drydock.sql;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** pgCodeKeeper's PostgreSQL grammar, put to work. */
final class PostgresGrammar {
  private PostgresGrammar() {}

  /**
   * The parse tree of {@code sql}, empty when the grammar refuses it or finds more than one
   * statement. Offsets in it are offsets in {@code sql}.
   *
   * @throws CancellationException when the thread is interrupted meanwhile
   */
  static Optional<SQLParser.StatementContext> parse(String sql) {
    return parseScript(sql).filter(trees -> trees.size() == 1).map(List::getFirst);
  }

  /** The parse trees of all statements in {@code script}, empty when the grammar refuses one. */
  static Optional<List<SQLParser.StatementContext>> parseScript(String script) {
    // Nearly every statement is decided without the full context, which costs much more.
    return parse(script, PredictionMode.SLL).or(() -> parse(script, PredictionMode.LL));
  }

  private static Optional<List<SQLParser.StatementContext>> parse(
      String script, PredictionMode mode) {
    SQLLexer lexer = new SQLLexer(new CodeUnits(script));
    lexer.removeErrorListeners();
    SQLParser parser = new SQLParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(mode);
    try {
      return Optional.of(parser.sql().statement());
    } catch (ParseCancellationException e) {
      return Optional.empty();
    }
  }

  /**
   * A text by its UTF-16 code units, which the grammar's rules for letters beyond the first plane
   * expect and which our offsets count; ANTLR's own streams hold code points.
   */
  private static final class CodeUnits implements CharStream {
    private final String text;
    private int index;

    CodeUnits(String text) {
      this.text = text;
    }

    @Override
    public void consume() {
      if (index >= text.length()) {
        throw new IllegalStateException("nothing after the end");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("took too long");
      }
      index++;
    }

    @Override
    public int LA(int offset) {
      int at = offset > 0 ? index + offset - 1 : index + offset;
      return offset == 0 || at < 0 || at >= text.length() ? IntStream.EOF : text.charAt(at);
    }

    @Override
    public String getText(Interval interval) {
      return interval.a >= text.length()
          ? ""
          : text.substring(interval.a, Math.min(interval.b + 1, text.length()));
    }

    @Override
    public int mark() {
      return -1;
    }

    @Override
    public void release(int marker) {
      // All of the text is at hand: nothing was buffered.
    }

    @Override
    public int index() {
      return index;
    }

    @Override
    public void seek(int to) {
      index = to;
    }

    @Override
    public int size() {
      return text.length();
    }

    @Override
    public String getSourceName() {
      return IntStream.UNKNOWN_SOURCE_NAME;
    }
  }
}
