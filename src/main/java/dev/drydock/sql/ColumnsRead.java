package dev.drydock.sql;

import java.util.HashSet;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.Select;

/** The tables that the columns of a condition are of, as far as the condition says. */
final class ColumnsRead extends ExpressionVisitorAdapter<Void> {
  private final Set<String> tables = new HashSet<>();
  private boolean open;

  /** Whether it has columns, and says of each that it is of another table than {@code target}. */
  static boolean areElsewhere(Expression condition, String target) {
    ColumnsRead read = new ColumnsRead();
    condition.accept(read, null);
    return !read.open && !read.tables.isEmpty() && !read.tables.contains(target);
  }

  @Override
  public <S> Void visit(Column column, S context) {
    if (column.getTable() == null || column.getTable().getName() == null) {
      open = true;
    } else {
      tables.add(Identifier.fold(column.getTable().getName()));
    }
    return null;
  }

  /** What a function or a subquery reads, the condition does not say. */
  @Override
  public <S> Void visit(Function function, S context) {
    open = true;
    return null;
  }

  @Override
  public <S> Void visit(Select subquery, S context) {
    open = true;
    return null;
  }

  @Override
  public <S> Void visit(ParenthesedSelect subquery, S context) {
    open = true;
    return null;
  }
}
