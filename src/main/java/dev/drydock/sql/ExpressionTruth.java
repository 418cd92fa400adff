package dev.drydock.sql;

import java.math.BigDecimal;
import java.util.Optional;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;

/** The truth of an expression that JSqlParser has read, as far as its constants tell it. */
final class ExpressionTruth {
  private ExpressionTruth() {}

  /**
   * The truth of {@code condition}, with {@code x = x} taken for true, as its author meant it, and
   * {@code x IN (SELECT x FROM target)} too.
   *
   * @param target the table whose rows are chosen, without schema and as the server folds it
   */
  static Truth of(Expression condition, String target) {
    return switch (condition) {
      case BooleanValue constant -> Truth.of(constant.getValue());
      case ParenthesedExpressionList<?> list when list.size() == 1 -> of(list.get(0), target);
      case NotExpression not -> of(not.getExpression(), target).not();
      case AndExpression and ->
          of(and.getLeftExpression(), target).and(of(and.getRightExpression(), target));
      case OrExpression or ->
          coversNull(or)
              ? Truth.ALWAYS
              : of(or.getLeftExpression(), target).or(of(or.getRightExpression(), target));
      case IsNullExpression test when test.getLeftExpression() instanceof NullValue ->
          Truth.of(!test.isNot());
      case EqualsTo equal when isSameColumn(equal) -> Truth.ALWAYS;
      case InExpression in when !in.isNot() && isAmongAll(in, target) -> Truth.ALWAYS;
      case BinaryExpression comparison -> comparing(comparison);
      default -> Truth.DEPENDS;
    };
  }

  /** {@code x IS NULL OR x IS NOT NULL}. */
  private static boolean coversNull(OrExpression or) {
    return or.getLeftExpression() instanceof IsNullExpression left
        && or.getRightExpression() instanceof IsNullExpression right
        && left.isNot() != right.isNot()
        && left.getLeftExpression().toString().equals(right.getLeftExpression().toString());
  }

  private static boolean isSameColumn(EqualsTo equal) {
    return equal.getLeftExpression() instanceof Column left
        && equal.getRightExpression() instanceof Column right
        && left.toString().equals(right.toString());
  }

  /** Whether the subquery is of the same column in all rows of {@code target}, and no more. */
  private static boolean isAmongAll(InExpression in, String target) {
    return in.getLeftExpression() instanceof Column column
        && in.getRightExpression() instanceof ParenthesedSelect subquery
        && subquery.getSelect() instanceof PlainSelect select
        && select.getFromItem() instanceof Table table
        && Identifier.fold(table.getName()).equals(target)
        && select.getSelectItems().size() == 1
        && select.getSelectItem(0).getExpression() instanceof Column selected
        && Identifier.fold(selected.getColumnName()).equals(Identifier.fold(column.getColumnName()))
        // Whatever else it had, a WHERE or a LIMIT, would be printed too.
        && select.toString().equals("SELECT " + selected + " FROM " + table);
  }

  private static Truth comparing(BinaryExpression comparison) {
    return order(comparison.getLeftExpression(), comparison.getRightExpression())
        .map(order -> Truth.of(order, comparison.getStringExpression()))
        .orElse(Truth.DEPENDS);
  }

  /** How two constants of one kind compare; empty for anything else. */
  private static Optional<Integer> order(Expression left, Expression right) {
    if (left instanceof StringValue a && right instanceof StringValue b) {
      return Optional.of(a.getValue().compareTo(b.getValue()));
    }
    if (left instanceof BooleanValue a && right instanceof BooleanValue b) {
      return Optional.of(Boolean.compare(a.getValue(), b.getValue()));
    }
    return number(left).flatMap(a -> number(right).map(a::compareTo));
  }

  private static Optional<BigDecimal> number(Expression expression) {
    return switch (expression) {
      case LongValue number -> Optional.of(new BigDecimal(number.getBigIntegerValue()));
      case DoubleValue number -> Optional.of(BigDecimal.valueOf(number.getValue()));
      default -> Optional.empty();
    };
  }
}
