package dev.drydock.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** Reads actions, columns and constraints off the trees of CREATE TABLE and ALTER TABLE. */
final class TableParts {
  private final Details details;

  TableParts(Details details) {
    this.details = details;
  }

  void alterTable(SQLParser.Alter_table_statementContext statement) {
    if (!statement.table_action().isEmpty()) {
      // Each action is visited by itself.
      return;
    }
    // What is left are the forms that take one action alone, whose words follow the table's name.
    int start = firstAfter(statement, Details.end(statement.name));
    int end = Details.end(statement);
    if (statement.identifier().isEmpty()) {
      details.part("action", label(statement, statement.name), start, end);
    } else {
      boolean constraint = statement.CONSTRAINT() != null;
      details.part("action", constraint ? "RENAME CONSTRAINT" : "RENAME COLUMN", start, end);
      statement
          .identifier()
          .forEach(name -> details.part(constraint ? "constraint" : "column", name, start, end));
    }
  }

  void action(SQLParser.Table_actionContext action) {
    String label = label(action, null);
    if (action.column != null) {
      details.part("column", action.column, action);
      if (action.column_action() != null) {
        type(action.column, action.column_action().data_type());
      }
      label = withColumn(label);
    } else if (action.table_column_definition() != null) {
      label = "ADD COLUMN";
    } else if (action.constraint_common() != null) {
      label = "ADD CONSTRAINT";
    } else if (action.validate_constraint() != null) {
      details.part("constraint", action.validate_constraint().constraint_name, action);
    } else if (action.drop_constraint() != null) {
      details.part("constraint", action.drop_constraint().constraint_name, action);
    } else if (action.CONSTRAINT() != null) {
      details.part("constraint", action.identifier(), action);
    } else if (action.INDEX() != null) {
      details.part("index", action.identifier());
    }
    details.part("trigger", action.trigger_name);
    details.part("index", action.index_name);
    details.part("reference", action.parent_table);
    details.part("type", action.type_name);
    details.part("action", label, action);
    columnAction(action);
  }

  private void columnAction(SQLParser.Table_actionContext action) {
    SQLParser.Column_actionContext change = action.column_action();
    if (change != null && change.data_type() != null && change.USING() != null) {
      details.flag(Syntax.Flag.USING_EXPRESSION);
      details.part("using", action.column, change.vex());
      if (action.getParent() instanceof SQLParser.Alter_table_statementContext statement
          && !mentions(change.vex(), action.column)
          && !mentions(change.vex(), statement.name)) {
        details.part("replaced", action.column, change.vex());
      }
      String kind =
          switch (CaseAnswers.of(
              details.text(change.vex()),
              details.name(action.column),
              details.text(change.data_type()))) {
            case ALWAYS -> "answered";
            case OR_NULL -> "answered or null";
            case UNKNOWN -> "";
          };
      if (!kind.isEmpty()) {
        details.part(kind, action.column, change.vex());
      }
    }
  }

  /** Whether one of the words is that name: as a column of the row, or as the row itself. */
  private boolean mentions(ParserRuleContext expression, ParserRuleContext named) {
    String name = details.name(named);
    Deque<ParseTree> open = new ArrayDeque<>(List.of(expression));
    while (!open.isEmpty()) {
      ParseTree tree = open.pop();
      if (tree instanceof TerminalNode word && isName(word.getText(), name)) {
        return true;
      }
      for (int i = 0; i < tree.getChildCount(); i++) {
        open.push(tree.getChild(i));
      }
    }
    return false;
  }

  /** The lexer takes the quotes off some names. */
  private static boolean isName(String word, String name) {
    return word.equals(name) || Identifier.fold(word).equals(name);
  }

  void column(SQLParser.Table_column_definitionContext column) {
    details.part("column", column.identifier(), column);
    type(column.identifier(), column.data_type());
  }

  private void type(ParserRuleContext column, SQLParser.Data_typeContext type) {
    if (type != null) {
      details.part("data type", column, type);
    }
  }

  void constraint(SQLParser.Constraint_commonContext constraint) {
    if (constraint.VALID() != null) {
      details.flag(Syntax.Flag.NOT_VALID);
    }
    SQLParser.Constr_bodyContext body = constraint.constr_body();
    if (body.REFERENCES() != null) {
      details.part("reference", body.schema_qualified_name());
    }
    if (body.index_parameters() != null
        && body.index_parameters().schema_qualified_name() != null) {
      details.flag(Syntax.Flag.USING_INDEX);
      details.part("index", body.index_parameters().schema_qualified_name());
    }
    if (restricts(body)) {
      if (constraint.identifier() != null) {
        details.part("constraint", constraint.identifier(), constraint);
      } else {
        details.part("constraint", "", constraint);
      }
    }
  }

  /** The grammar calls a default, an identity and a bare NULL constraints too. */
  private static boolean restricts(SQLParser.Constr_bodyContext body) {
    return body.CHECK() != null
        || body.UNIQUE() != null
        || body.PRIMARY() != null
        || body.REFERENCES() != null
        || body.EXCLUDE() != null
        || body.NOT() != null;
  }

  /** The word COLUMN is optional; a name for the action should not depend on it. */
  private static String withColumn(String label) {
    String verb = label.startsWith("ALTER") ? "ALTER" : "DROP";
    String rest = label.substring(verb.length()).strip();
    rest = rest.startsWith("COLUMN") ? rest.substring("COLUMN".length()).strip() : rest;
    rest = rest.equals("SET DATA TYPE") ? "TYPE" : rest;
    return (verb + " COLUMN " + rest).strip();
  }

  /**
   * The keywords of an action, without the names and expressions between them.
   *
   * @param after the child to begin behind, or null to begin with the first
   */
  private static String label(ParserRuleContext action, ParserRuleContext after) {
    StringJoiner words = new StringJoiner(" ");
    boolean begun = after == null;
    for (ParseTree child : action.children) {
      if (begun) {
        addWords(child, words);
      }
      begun |= child == after;
    }
    return words.toString();
  }

  private static void addWords(ParseTree tree, StringJoiner words) {
    switch (tree) {
      case TerminalNode word -> {
        String text = word.getText().toUpperCase(Locale.ROOT);
        if (isKeyword(text)) {
          words.add(text);
        }
      }
      case SQLParser.Identity_bodyContext part -> words.add("GENERATED");
      case SQLParser.Compression_identifierContext part -> words.add("COMPRESSION");
      case SQLParser.Alter_identityContext part -> addLeading(part, words);
      case SQLParser.Column_actionContext part -> addLeading(part, words);
      case SQLParser.Owner_toContext part -> addLeading(part, words);
      case SQLParser.Rename_toContext part -> addLeading(part, words);
      case SQLParser.Set_schemaContext part -> addLeading(part, words);
      case SQLParser.Set_loggedContext part -> addLeading(part, words);
      case SQLParser.Set_tablespaceContext part -> addLeading(part, words);
      case SQLParser.Validate_constraintContext part -> addLeading(part, words);
      case SQLParser.Drop_constraintContext part -> addLeading(part, words);
      case SQLParser.Inherit_optionContext part -> addLeading(part, words);
      case SQLParser.Set_def_columnContext part -> addLeading(part, words);
      case SQLParser.Drop_defContext part -> addLeading(part, words);
      case SQLParser.Set_statisticsContext part -> addLeading(part, words);
      case SQLParser.Alter_partitionContext part -> addLeading(part, words);
      case SQLParser.Partition_table_valueContext part -> addLeading(part, words);
      default -> {}
    }
  }

  /** The words of {@code part} up to its first name, type or expression. */
  private static void addLeading(ParserRuleContext part, StringJoiner words) {
    for (ParseTree child : part.children) {
      int before = words.length();
      addWords(child, words);
      if (words.length() == before) {
        return;
      }
    }
  }

  private static boolean isKeyword(String text) {
    return text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static int firstAfter(ParserRuleContext statement, int offset) {
    for (ParseTree child : statement.children) {
      int start =
          switch (child) {
            case TerminalNode word -> word.getSymbol().getStartIndex();
            case ParserRuleContext part -> Details.start(part);
            default -> offset;
          };
      if (start >= offset) {
        return start;
      }
    }
    return offset;
  }
}
