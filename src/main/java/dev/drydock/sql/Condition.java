package dev.drydock.sql;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.AbstractJSqlParser.Dialect;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.schema.Column;

/** JSqlParser, applied to the condition of an UPDATE or DELETE. */
final class Condition {

  private final AtomicReference<Optional<CCJSqlParser>> running =
      new AtomicReference<>(Optional.empty());

  /**
   * What a condition asks of rows.
   *
   * @param nullTests the tests that are all it asks for; none when it asks for something else
   * @param given the columns, as the server folds them, that each row meant has a written value in
   * @param elsewhere whether it asks something of other tables and nothing of the table's own rows
   */
  record Asked(Truth truth, List<NullTest> nullTests, List<String> given, boolean elsewhere) {}

  /** What is known of one that the parser refuses: it is taken for a real restriction. */
  private static final Asked UNREAD = new Asked(Truth.DEPENDS, List.of(), List.of(), false);

  /**
   * Whether a column has a value.
   *
   * @param column as the server folds it
   * @param not whether it is asked to have one
   */
  record NullTest(String column, boolean not) {}

  /**
   * What {@code sql} asks of rows.
   *
   * @param target the table whose rows are chosen, without schema and as the server folds it
   * @param known the name that the table has in the condition
   */
  Asked read(String sql, String target, String known) {
    return expression(sql)
        .map(
            condition ->
                new Asked(
                    ExpressionTruth.of(condition, target),
                    nullTests(condition).orElse(List.of()),
                    given(condition),
                    ColumnsRead.areElsewhere(condition, known)))
        .orElse(UNREAD);
  }

  private static Optional<List<NullTest>> nullTests(Expression condition) {
    return switch (condition) {
      case ParenthesedExpressionList<?> list when list.size() == 1 -> nullTests(list.get(0));
      case AndExpression and ->
          nullTests(and.getLeftExpression())
              .flatMap(
                  left ->
                      nullTests(and.getRightExpression())
                          .map(right -> Stream.concat(left.stream(), right.stream()).toList()));
      case IsNullExpression test when test.getLeftExpression() instanceof Column column ->
          Optional.of(List.of(new NullTest(Identifier.fold(column.getColumnName()), test.isNot())));
      default ->
          ExpressionTruth.of(condition, "") == Truth.ALWAYS
              ? Optional.of(List.of())
              : Optional.empty();
    };
  }

  private static List<String> given(Expression condition) {
    return switch (condition) {
      case ParenthesedExpressionList<?> list when list.size() == 1 -> given(list.get(0));
      case AndExpression and ->
          Stream.concat(
                  given(and.getLeftExpression()).stream(), given(and.getRightExpression()).stream())
              .toList();
      case EqualsTo equal ->
          Stream.of(
                  given(equal.getLeftExpression(), equal.getRightExpression()),
                  given(equal.getRightExpression(), equal.getLeftExpression()))
              .flatMap(Optional::stream)
              .toList();
      case InExpression in
          when !in.isNot()
              && in.getRightExpression() instanceof ParenthesedExpressionList<?> list
              && list.size() == 1 ->
          given(in.getLeftExpression(), list.get(0)).stream().toList();
      default -> List.of();
    };
  }

  private static Optional<String> given(Expression one, Expression value) {
    return one instanceof Column column && isWritten(value)
        ? Optional.of(Identifier.fold(column.getColumnName()))
        : Optional.empty();
  }

  private static boolean isWritten(Expression value) {
    return switch (value) {
      case StringValue unused -> true;
      case LongValue unused -> true;
      case CastExpression cast -> isWritten(cast.getLeftExpression());
      case SignedExpression signed -> isWritten(signed.getExpression());
      default -> false;
    };
  }

  private Optional<Expression> expression(String sql) {
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
      return whole ? Optional.of(expression) : Optional.empty();
    } catch (ParseException | RuntimeException e) {
      // Its lexer and its tree builders throw unchecked exceptions too.
      return Optional.empty();
    }
  }

  /** Makes a parser that is at work give up soon; may be called from any thread. */
  void stop() {
    running.get().ifPresent(parser -> parser.interrupted = true);
  }
}
