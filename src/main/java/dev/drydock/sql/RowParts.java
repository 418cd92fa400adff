package dev.drydock.sql;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** Reads columns and conditions off the trees of INSERT, UPDATE and DELETE. */
final class RowParts {
  /** A value that is the same for all rows, whatever type the column has. */
  private static final Pattern CONSTANT =
      Pattern.compile(
          "(?:E?'(?:[^'\\\\]|'')*+'|[-+]?[0-9]+(?:\\.[0-9]+)?|true|false|current_date|current_timestamp|now\\(\\))"
              + "(?:\\s*::\\s*[\\w .,()\"]+)?",
          Pattern.CASE_INSENSITIVE);

  private final Details details;
  private final Condition condition;

  RowParts(Details details, Condition condition) {
    this.details = details;
    this.condition = condition;
  }

  /** That there is a WHERE was told by the keywords; here is whether it leaves out any row. */
  void changing(SQLParser.Update_stmt_for_psqlContext update) {
    changing(update, Optional.ofNullable(update.vex()), update.from_item(), update.alias);
  }

  void changing(SQLParser.Delete_stmt_for_psqlContext delete) {
    changing(delete, Optional.ofNullable(delete.vex()), delete.from_item(), delete.alias);
  }

  private void changing(
      ParserRuleContext statement,
      Optional<SQLParser.VexContext> where,
      List<SQLParser.From_itemContext> others,
      SQLParser.IdentifierContext alias) {
    if (!isWhole(statement)) {
      return;
    }
    if (where.isEmpty()) {
      changingAll(statement);
      return;
    }
    String table = table(statement);
    String known = alias == null ? table : Identifier.fold(details.text(alias));
    Condition.Asked asked = condition.read(details.text(where.get()), table, known);
    switch (asked.truth()) {
      case ALWAYS -> details.unflag(Syntax.Flag.RESTRICTED);
      case NEVER -> details.flag(Syntax.Flag.CHANGES_NOTHING);
      case DEPENDS -> {
        if (asked.elsewhere() && isPlain(others)) {
          details.flag(Syntax.Flag.UNJOINED);
        }
        asked
            .nullTests()
            .forEach(
                test -> details.part(test.not() ? "not null" : "null", test.column(), where.get()));
        asked.given().forEach(column -> details.part("given", column, where.get()));
      }
    }
  }

  /** Tells which columns have one value in all rows when they have been changed. */
  private void changingAll(ParserRuleContext statement) {
    if (statement instanceof SQLParser.Update_stmt_for_psqlContext update
        && update.CURRENT() == null
        && update.FROM() == null
        && update.ONLY() == null
        && update.with_clause() == null) {
      for (SQLParser.Update_setContext assignment : update.update_set()) {
        // Not of an element or a field, which leaves the rest of the value as it is.
        if (assignment.column.size() == 1
            && assignment.column.getFirst().getChildCount() == 1
            && assignment.value.size() == 1
            && CONSTANT.matcher(details.text(assignment.value.getFirst())).matches()) {
          details.part("same", assignment.column.getFirst().identifier(), assignment);
        }
      }
    }
  }

  /** Whether they are tables and joins of tables: a subquery may read the row that is changed. */
  private static boolean isPlain(List<SQLParser.From_itemContext> others) {
    return !others.isEmpty() && others.stream().noneMatch(other -> other.getText().contains("("));
  }

  /** The table it names, without schema and as the server folds it. */
  private String table(ParserRuleContext statement) {
    return Optional.ofNullable(
            statement.getRuleContext(SQLParser.Schema_qualified_nameContext.class, 0))
        .map(details::name)
        .orElse("");
  }

  /** Not the one in a WITH query, nor that of a rule. */
  private static boolean isWhole(ParserRuleContext statement) {
    return statement.getParent().getParent() instanceof SQLParser.StatementContext;
  }

  void assigning(SQLParser.Update_setContext assignment) {
    // ON CONFLICT DO UPDATE assigns too, but what an INSERT is about are the columns it fills.
    if (assignment.getParent() instanceof SQLParser.Update_stmt_for_psqlContext) {
      List<SQLParser.Indirection_identifierContext> columns = assignment.column;
      for (SQLParser.Indirection_identifierContext column : columns) {
        details.part("column", column.identifier(), columns.size() == 1 ? assignment : column);
      }
    }
  }

  void inserting(SQLParser.Insert_columnsContext columns) {
    columns
        .indirection_identifier()
        .forEach(column -> details.part("column", column.identifier(), column));
  }
}
