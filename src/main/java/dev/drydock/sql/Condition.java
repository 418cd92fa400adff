package dev.drydock.sql;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.AbstractJSqlParser.Dialect;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;

/** JSqlParser, applied to the condition of an UPDATE or DELETE. */
final class Condition {

  private final AtomicReference<Optional<CCJSqlParser>> running =
      new AtomicReference<>(Optional.empty());

  /** The truth of {@code sql}; what the parser refuses is taken for a real restriction. */
  Truth truth(String sql) {
    // Not CCJSqlParserUtil.parseExpression, which starts a thread for every call.
    CCJSqlParser parser =
        CCJSqlParserUtil.newParser(sql)
            .withAllowComplexParsing(true)
            .withDialect(Dialect.POSTGRESQL);
    running.set(Optional.of(parser));
    try {
      Expression expression = parser.Expression();
      // It stops without complaint before what it does not understand.
      boolean whole = parser.getNextToken().kind == CCJSqlParserConstants.EOF;
      return whole ? Truth.of(expression) : Truth.DEPENDS;
    } catch (ParseException | RuntimeException e) {
      // Its lexer and its tree builders throw unchecked exceptions too.
      return Truth.DEPENDS;
    }
  }

  /** Makes a parser that is at work give up soon; may be called from any thread. */
  void stop() {
    running.get().ifPresent(parser -> parser.interrupted = true);
  }
}
