package dev.drydock.sql;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** Reads columns and conditions off the trees of INSERT, UPDATE and DELETE. */
final class RowParts {
  private final Details details;
  private final Condition condition;

  RowParts(Details details, Condition condition) {
    this.details = details;
    this.condition = condition;
  }

  /** That there is a WHERE was told by the keywords; here is whether it leaves out any row. */
  void changing(ParserRuleContext statement, Optional<SQLParser.VexContext> where) {
    if (!isWhole(statement) || where.isEmpty()) {
      return;
    }
    Condition.Asked asked = condition.read(details.text(where.get()), table(statement));
    switch (asked.truth()) {
      case ALWAYS -> details.unflag(Syntax.Flag.RESTRICTED);
      case NEVER -> details.flag(Syntax.Flag.CHANGES_NOTHING);
      case DEPENDS -> {
        asked
            .nullTests()
            .forEach(
                test -> details.part(test.not() ? "not null" : "null", test.column(), where.get()));
        asked.given().forEach(column -> details.part("given", column, where.get()));
      }
    }
  }

  /** The table it names, without schema and as the server folds it. */
  private static String table(ParserRuleContext statement) {
    return Optional.ofNullable(
            statement.getRuleContext(SQLParser.Schema_qualified_nameContext.class, 0))
        .map(name -> Identifier.fold(name.getChild(name.getChildCount() - 1).getText()))
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
