package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The parsers, at work on a thread of their own for a limited time.
 *
 * <p>The text comes from a stranger's pull request. Whatever it does to a parser (an endless
 * search, an overflowing stack, an exception of any kind) costs the detail of that one statement:
 * what is left is what its leading keywords tell.
 */
public final class SyntaxReader implements AutoCloseable {

  /** Far beyond what a hand or a schema generator writes; such a statement is rows or an attack. */
  static final int LONGEST = 256 * 1024;

  /** Both parsers handle a multiple of this on the stack they are given. */
  static final int DEEPEST = 200;

  private static final long STACK_BYTES = 16L * 1024 * 1024;

  /** What runs on the thread: it adds to the details what it finds out, or throws anything. */
  interface Parser {
    void parse(String sql, Details details, Condition condition);
  }

  private final Duration limit;
  private final Parser parser;
  private ExecutorService worker;

  private SyntaxReader(Duration limit, Parser parser, ExecutorService worker) {
    this.limit = limit;
    this.parser = parser;
    this.worker = worker;
  }

  /**
   * Starts a reader; its thread ends with {@link #close()} and never holds up the end of the
   * program.
   *
   * @param limit the most time for one statement
   */
  public static SyntaxReader start(Duration limit) {
    return start(
        limit,
        (sql, details, condition) ->
            PostgresGrammar.parse(sql)
                .ifPresent(tree -> PostgresParts.gather(tree, details, condition)));
  }

  static SyntaxReader start(Duration limit, Parser parser) {
    return new SyntaxReader(limit, parser, worker());
  }

  /** All that can be told of {@code statement}, its spans being those of its text in the file. */
  public Syntax read(Statement statement) {
    Syntax keywords = keywords(statement.kind(), statement.sql().sql());
    if (statement.kind() == Statement.Kind.META) {
      return keywords;
    }
    return parse(statement.sql().sql(), keywords)
        .map(syntax -> inSource(syntax, statement.sql()))
        .orElse(keywords);
  }

  /** The same of SQL that stands in no file by itself; the spans are its own. */
  public Syntax read(String sql) {
    Syntax keywords = keywords(sql);
    return parse(sql, keywords).orElse(keywords);
  }

  /** What the leading keywords of SQL that stands in no file tell. */
  public static Syntax keywords(String sql) {
    return keywords(Statement.Kind.SQL, sql);
  }

  /** What the leading keywords alone tell. */
  static Syntax keywords(Statement.Kind kind, String sql) {
    if (kind == Statement.Kind.META) {
      int end = 1;
      while (end < sql.length() && !PostgresLexer.isSpace(sql.charAt(end))) {
        end++;
      }
      return Syntax.unparsed(sql.substring(0, Math.min(end, sql.length())));
    }
    LeadingKeywords leading = LeadingKeywords.of(sql);
    return new Syntax(leading.command(), leading.flags(), List.of());
  }

  @Override
  public synchronized void close() {
    worker.shutdownNow();
  }

  private synchronized Optional<Syntax> parse(String sql, Syntax keywords) {
    if (sql.length() > LONGEST || Nesting.isDeeperThan(DEEPEST, sql)) {
      return Optional.empty();
    }
    Parse parse = new Parse(parser, sql, keywords);
    Future<Syntax> result = worker.submit(parse);
    try {
      return Optional.of(result.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      // An overflowing stack is reported here as well: the thread lives on.
      return Optional.empty();
    } catch (TimeoutException e) {
      abandon(parse);
      return Optional.empty();
    } catch (InterruptedException e) {
      abandon(parse);
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The next statement gets a fresh thread, whether or not this one heeds the interrupt. */
  private void abandon(Parse parse) {
    parse.stop();
    worker.shutdownNow();
    worker = worker();
  }

  private static ExecutorService worker() {
    ThreadFactory threads =
        task -> {
          Thread thread = new Thread(null, task, "drydock-syntax", STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        };
    return Executors.newSingleThreadExecutor(threads);
  }

  private static Syntax inSource(Syntax syntax, Substitution substitution) {
    if (substitution.edits().isEmpty()) {
      return syntax;
    }
    return new Syntax(
        syntax.command(),
        syntax.flags(),
        syntax.parts().stream()
            .map(
                part ->
                    new Syntax.Part(
                        part.kind(),
                        part.name(),
                        substitution.sourceOffset(part.start()),
                        Math.max(
                            substitution.sourceOffset(part.start()),
                            substitution.sourceEnd(part.end()))))
            .toList());
  }

  /** One statement's turn. */
  private static final class Parse implements Callable<Syntax> {
    private final Parser parser;
    private final String sql;
    private final Syntax keywords;
    private final Condition condition = new Condition();

    Parse(Parser parser, String sql, Syntax keywords) {
      this.parser = parser;
      this.sql = sql;
      this.keywords = keywords;
    }

    @Override
    public Syntax call() {
      Details details = new Details(sql, keywords);
      parser.parse(sql, details, condition);
      return details.syntax();
    }

    void stop() {
      condition.stop();
    }
  }
}
