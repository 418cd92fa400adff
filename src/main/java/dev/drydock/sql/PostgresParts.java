package dev.drydock.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** Reads the flags and parts of a statement off its tree. */
final class PostgresParts {

  /** What a dotted name right below such a node names. */
  private static final Map<Class<? extends ParserRuleContext>, String> NAMES =
      Map.ofEntries(
          Map.entry(SQLParser.Create_table_statementContext.class, "relation"),
          Map.entry(SQLParser.Create_table_as_statementContext.class, "relation"),
          Map.entry(SQLParser.Create_foreign_table_statementContext.class, "relation"),
          Map.entry(SQLParser.Create_view_statementContext.class, "relation"),
          Map.entry(SQLParser.Create_sequence_statementContext.class, "relation"),
          Map.entry(SQLParser.Create_index_statementContext.class, "relation"),
          Map.entry(SQLParser.Create_trigger_statementContext.class, "relation"),
          Map.entry(SQLParser.Create_policy_statementContext.class, "relation"),
          Map.entry(SQLParser.Create_rewrite_statementContext.class, "relation"),
          Map.entry(SQLParser.Alter_table_statementContext.class, "relation"),
          Map.entry(SQLParser.Alter_view_statementContext.class, "relation"),
          Map.entry(SQLParser.Alter_materialized_view_statementContext.class, "relation"),
          Map.entry(SQLParser.Alter_sequence_statementContext.class, "relation"),
          Map.entry(SQLParser.Alter_trigger_statementContext.class, "relation"),
          Map.entry(SQLParser.Alter_policy_statementContext.class, "relation"),
          Map.entry(SQLParser.Alter_rule_statementContext.class, "relation"),
          Map.entry(SQLParser.Alter_partitionContext.class, "relation"),
          Map.entry(SQLParser.Partition_table_valueContext.class, "relation"),
          Map.entry(SQLParser.Drop_trigger_statementContext.class, "relation"),
          Map.entry(SQLParser.Drop_policy_statementContext.class, "relation"),
          Map.entry(SQLParser.Drop_rule_statementContext.class, "relation"),
          Map.entry(SQLParser.Only_table_multiplyContext.class, "relation"),
          Map.entry(SQLParser.Inheritance_specified_table_colsContext.class, "relation"),
          Map.entry(SQLParser.Table_colsContext.class, "relation"),
          Map.entry(SQLParser.Cluster_stmtContext.class, "relation"),
          Map.entry(SQLParser.Additional_statementContext.class, "relation"),
          Map.entry(SQLParser.Into_tableContext.class, "relation"),
          Map.entry(SQLParser.Insert_stmt_for_psqlContext.class, "relation"),
          Map.entry(SQLParser.Update_stmt_for_psqlContext.class, "relation"),
          Map.entry(SQLParser.Delete_stmt_for_psqlContext.class, "relation"),
          Map.entry(SQLParser.Merge_stmt_for_psqlContext.class, "relation"),
          Map.entry(SQLParser.Define_partitionContext.class, "reference"),
          Map.entry(SQLParser.Table_column_defContext.class, "reference"),
          Map.entry(SQLParser.From_primaryContext.class, "reference"),
          Map.entry(SQLParser.Select_primaryContext.class, "reference"),
          Map.entry(SQLParser.Alter_index_statementContext.class, "index"),
          Map.entry(SQLParser.Index_def_actionContext.class, "index"),
          Map.entry(SQLParser.Create_type_statementContext.class, "type"),
          Map.entry(SQLParser.Alter_type_statementContext.class, "type"),
          Map.entry(SQLParser.Create_domain_statementContext.class, "type"),
          Map.entry(SQLParser.Alter_domain_statementContext.class, "type"),
          Map.entry(SQLParser.Function_parametersContext.class, "function"),
          Map.entry(SQLParser.Drop_function_statementContext.class, "function"));

  /** What a name without dots right below such a node names. */
  private static final Map<Class<? extends ParserRuleContext>, String> IDENTIFIERS =
      Map.ofEntries(
          Map.entry(SQLParser.Create_index_statementContext.class, "index"),
          Map.entry(SQLParser.Cluster_stmtContext.class, "index"),
          Map.entry(SQLParser.Create_trigger_statementContext.class, "trigger"),
          Map.entry(SQLParser.Alter_trigger_statementContext.class, "trigger"),
          Map.entry(SQLParser.Drop_trigger_statementContext.class, "trigger"),
          Map.entry(SQLParser.Create_policy_statementContext.class, "policy"),
          Map.entry(SQLParser.Alter_policy_statementContext.class, "policy"),
          Map.entry(SQLParser.Drop_policy_statementContext.class, "policy"),
          Map.entry(SQLParser.Create_rewrite_statementContext.class, "rule"),
          Map.entry(SQLParser.Alter_rule_statementContext.class, "rule"),
          Map.entry(SQLParser.Drop_rule_statementContext.class, "rule"),
          Map.entry(SQLParser.Create_schema_statementContext.class, "schema"),
          Map.entry(SQLParser.Alter_schema_statementContext.class, "schema"),
          Map.entry(SQLParser.Alter_extension_statementContext.class, "extension"));

  private final Details details;
  private final TableParts tables;
  private final RowParts rows;

  private PostgresParts(Details details, Condition condition) {
    this.details = details;
    this.tables = new TableParts(details);
    this.rows = new RowParts(details, condition);
  }

  /** Adds to {@code details} what {@code statement} tells. */
  static void gather(SQLParser.StatementContext statement, Details details, Condition condition) {
    PostgresParts parts = new PostgresParts(details, condition);
    ConfigCall.gather(details, Details.start(statement), Details.end(statement));
    // By hand and not by recursion: a chain of ten thousand UNIONs is a tree of that depth.
    Deque<ParseTree> open = new ArrayDeque<>(List.of(statement));
    while (!open.isEmpty()) {
      ParseTree tree = open.pop();
      if (parts.visit(tree)) {
        for (int i = tree.getChildCount() - 1; i >= 0; i--) {
          open.push(tree.getChild(i));
        }
      }
    }
  }

  /** Whether to visit the children of {@code tree} as well. */
  private boolean visit(ParseTree tree) {
    switch (tree) {
      case TerminalNode word -> keyword(word);
      case SQLParser.VexContext expression -> {
        return false;
      }
      case SQLParser.Function_bodyContext body -> {
        return false;
      }
      case SQLParser.Rewrite_commandContext action -> {
        return false;
      }
      case SQLParser.Schema_qualified_nameContext name -> {
        name(name, name.getParent());
        return false;
      }
      case SQLParser.IdentifierContext name -> {
        String kind = IDENTIFIERS.get(name.getParent().getClass());
        if (kind != null) {
          details.part(kind, name);
        }
        return false;
      }
      case SQLParser.If_existsContext clause -> details.flag(Syntax.Flag.IF_EXISTS);
      case SQLParser.If_not_existsContext clause -> details.flag(Syntax.Flag.IF_NOT_EXISTS);
      case SQLParser.Cascade_restrictContext clause -> cascade(clause);
      case SQLParser.Alter_table_statementContext statement -> tables.alterTable(statement);
      case SQLParser.Table_actionContext action -> tables.action(action);
      case SQLParser.Table_column_definitionContext column -> tables.column(column);
      case SQLParser.Constraint_commonContext constraint -> tables.constraint(constraint);
      case SQLParser.Alter_domain_statementContext domain -> domain(domain);
      case SQLParser.Alter_type_statementContext type -> type(type);
      case SQLParser.Session_local_optionContext setting -> setting(setting);
      case SQLParser.Type_actionContext action ->
          details.part("column", action.identifier(), action);
      case SQLParser.Alter_view_actionContext action when action.RENAME() != null ->
          action.identifier().forEach(name -> details.part("column", name, action));
      case SQLParser.Alter_materialized_view_actionContext action when action.RENAME() != null ->
          action.identifier().forEach(name -> details.part("column", name, action));
      case SQLParser.Update_stmt_for_psqlContext update -> rows.changing(update);
      case SQLParser.Delete_stmt_for_psqlContext delete -> rows.changing(delete);
      case SQLParser.Update_setContext assignment -> rows.assigning(assignment);
      case SQLParser.Insert_columnsContext columns -> rows.inserting(columns);
      case SQLParser.Script_additionalContext script when script.CALL() != null ->
          function(script.function_call());
      case SQLParser.Create_trigger_statementContext trigger -> function(trigger.func_name);
      case SQLParser.Rename_toContext rename -> rename(rename);
      case SQLParser.Comment_member_objectContext object -> comment(object);
      case SQLParser.Create_extension_statementContext extension ->
          details.part("extension", extension.name);
      case SQLParser.Create_statistics_statementContext statistics ->
          details.part("relation", statistics.table_name);
      case SQLParser.Owner_member_objectContext object ->
          details.part(kind(keywords(object)), object.name);
      case SQLParser.Reindex_stmtContext reindex -> reindex(reindex);
      case SQLParser.Names_referencesContext names -> names(names);
      default -> {}
    }
    return true;
  }

  private void keyword(TerminalNode word) {
    if (word.getSymbol().getType() == SQLLexer.CONCURRENTLY
        && !(word.getParent() instanceof SQLParser.Reindex_optionContext)) {
      details.flag(Syntax.Flag.CONCURRENTLY);
    }
  }

  private void name(SQLParser.Schema_qualified_nameContext name, ParserRuleContext parent) {
    String kind = NAMES.get(parent.getClass());
    if (kind != null) {
      details.part(kind, name);
    }
  }

  /** ON DELETE CASCADE belongs to a foreign key and drops nothing now. */
  private void cascade(SQLParser.Cascade_restrictContext clause) {
    if (clause.CASCADE() != null && !(clause.getParent() instanceof SQLParser.ActionContext)) {
      details.flag(Syntax.Flag.CASCADE);
    }
  }

  private void type(SQLParser.Alter_type_statementContext type) {
    if (type.existing_enum_value != null) {
      details.flag(Syntax.Flag.PLACED);
    }
    details.part("column", type.attribute_name);
    label(type.new_enum_value);
    label(type.existing_enum_name);
  }

  private void label(SQLParser.SconstContext label) {
    if (label != null) {
      String text = details.text(label);
      int end = Math.max(text.length() - 1, 1);
      details.part("label", text.substring(1, end).replace("''", "'"), label);
    }
  }

  private void domain(SQLParser.Alter_domain_statementContext domain) {
    if (domain.not_valid != null) {
      details.flag(Syntax.Flag.NOT_VALID);
    }
    if (domain.dom_constraint != null) {
      details.part("constraint", domain.dom_constraint.name, domain.dom_constraint);
    }
  }

  /** {@code SET name = value} and {@code SET TIME ZONE}, not the other forms without an equals. */
  private void setting(SQLParser.Session_local_optionContext setting) {
    if (setting.config_param != null || setting.config_scope != null) {
      ParserRuleContext first =
          setting.config_scope == null ? setting.config_param : setting.config_scope;
      ParserRuleContext last =
          setting.config_param == null ? setting.config_scope : setting.config_param;
      int start = Details.start(first);
      int end = Details.end(last);
      details.part("setting", details.text(start, end).toLowerCase(Locale.ROOT), start, end);
      if (setting.set_statement_value() != null) {
        ParserRuleContext value = setting.set_statement_value();
        details.part("value", details.text(value).replace("'", ""), value);
      }
    } else if (setting.zone_value() != null) {
      int start = setting.TIME().getSymbol().getStartIndex();
      details.part("setting", "timezone", start, Details.end(setting));
      details.part(
          "value", details.text(setting.zone_value()).replace("'", ""), setting.zone_value());
    }
  }

  /** The name that an object gets; the one it had is beside the keyword that names its kind. */
  private void rename(SQLParser.Rename_toContext rename) {
    for (ParserRuleContext above = rename.getParent(); above != null; above = above.getParent()) {
      if (above instanceof SQLParser.Alter_schema_statementContext) {
        details.part("schema", rename.name);
        return;
      }
      String kind = IDENTIFIERS.getOrDefault(above.getClass(), NAMES.get(above.getClass()));
      if (kind != null) {
        details.part(kind, rename.name);
        return;
      }
    }
  }

  private void comment(SQLParser.Comment_member_objectContext object) {
    details.part("relation", object.table_name);
    if (object.name != null && object.COLUMN() != null) {
      details.part("column", object.name);
      owner(object.name);
    } else if (object.name != null) {
      details.part(kind(keywords(object)), object.name);
    }
  }

  /** The relation of a column that is named with it. */
  private void owner(SQLParser.Schema_qualified_nameContext column) {
    int dots = column.identifier_reserved().size();
    if (dots > 0) {
      ParserRuleContext relation =
          dots == 1 ? column.identifier() : column.identifier_reserved(dots - 2);
      details.part("relation", relation, Details.start(column), Details.end(relation));
    }
  }

  private void function(SQLParser.Function_callContext call) {
    if (call != null) {
      details.part("function", call.schema_qualified_name_nontype());
    }
  }

  private void reindex(SQLParser.Reindex_stmtContext reindex) {
    if (reindex.schema_qualified_name() != null) {
      String kind =
          reindex.INDEX() != null ? "index" : reindex.TABLE() != null ? "relation" : "schema";
      details.part(kind, reindex.schema_qualified_name());
    }
  }

  /** Lists of names: of DROP, of GRANT and REVOKE, of INHERITS. */
  private void names(SQLParser.Names_referencesContext names) {
    ParserRuleContext parent = names.getParent();
    String kind =
        switch (parent) {
          case SQLParser.If_exist_names_restrict_cascadeContext list ->
              kind(keywords(list.getParent()));
          case SQLParser.Rule_member_objectContext object -> kind(keywords(object));
          case SQLParser.Names_in_parensContext list
              when list.getParent() instanceof SQLParser.Define_columnsContext ->
              "reference";
          default -> "";
        };
    if (!kind.isEmpty()) {
      names.schema_qualified_name().forEach(name -> details.part(kind, name));
    }
  }

  /** The keywords that {@code context} begins with, which say what it names. */
  private static String keywords(ParserRuleContext context) {
    StringBuilder words = new StringBuilder();
    for (ParseTree child : context.children) {
      if (!(child instanceof TerminalNode)) {
        break;
      }
      words.append(words.isEmpty() ? "" : " ").append(child.getText().toUpperCase(Locale.ROOT));
    }
    return words.toString();
  }

  /** The kind of part that names an object called {@code words} in commands. */
  private static String kind(String words) {
    String last = words.replace(" CONCURRENTLY", "");
    last = last.substring(last.lastIndexOf(' ') + 1);
    return switch (last) {
      // GRANT ... ON name means a table.
      case "", "TABLE", "VIEW", "SEQUENCE" -> "relation";
      case "TYPE", "DOMAIN" -> "type";
      case "FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE" -> "function";
      default -> last.toLowerCase(Locale.ROOT);
    };
  }
}
