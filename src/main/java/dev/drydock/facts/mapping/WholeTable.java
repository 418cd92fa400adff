package dev.drydock.facts.mapping;

import dev.drydock.replay.Relation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.sql.Syntax;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How much of the table whose rows it changed an UPDATE or DELETE means: all of it, or one row. */
final class WholeTable {
  /** As the server prints the query of a view. */
  private static final Pattern WHERE = Pattern.compile("\\bWHERE\\b");

  private WholeTable() {}

  /** Whether it names the table, or a view that shows the table's rows, all of them. */
  static boolean isNamed(Syntax syntax, Relation relation, Schema schema) {
    List<String> named = syntax.names("relation");
    return named.contains(relation.name().local())
        || schema
            .tables()
            .filter(view -> named.contains(view.name().local()))
            .anyMatch(view -> shows(view, relation.id(), schema));
  }

  /**
   * Whether all that its WHERE asks for is a value in columns that always have one, and none in
   * columns that have none yet.
   *
   * @param isNull whether a column of the table is NULL in all its rows
   */
  static boolean isAskedFor(
      Syntax syntax, Relation relation, Schema schema, Predicate<Column> isNull) {
    List<String> values = syntax.names("not null");
    List<String> nulls = syntax.names("null");
    return !(values.isEmpty() && nulls.isEmpty())
        && schema.table(relation.id()).stream()
            .anyMatch(table -> have(table, values, Column::notNull) && have(table, nulls, isNull));
  }

  private static boolean have(Table table, List<String> names, Predicate<Column> property) {
    return names.stream().allMatch(name -> table.column(name).filter(property).isPresent());
  }

  /**
   * Whether its WHERE gives each column of a key a value, so that it means one row or none, and no
   * foreign key makes more of it.
   */
  static boolean isOneRow(Syntax syntax, Relation relation, Schema schema) {
    List<String> given = syntax.names("given");
    return !given.isEmpty()
        && List.of("UPDATE", "DELETE").contains(syntax.command())
        // With a second table in it, a column may be that one's.
        && syntax.names("reference").isEmpty()
        && syntax.names("relation").contains(relation.name().local())
        && schema
            .table(relation.id())
            .filter(
                table ->
                    table.indexes().stream()
                        .anyMatch(
                            index ->
                                index.unique()
                                    && index.predicate().isEmpty()
                                    && !index.columns().isEmpty()
                                    && given.containsAll(index.columns())))
            .isPresent()
        && schema
            .tables()
            .flatMap(table -> table.constraints().stream())
            .noneMatch(
                key ->
                    key.referencedTable().equals(relation.id())
                        && (!key.onDelete().equals("no action")
                            && !key.onDelete().equals("restrict")));
  }

  /** A view of one relation that leaves no row out, and whose writes no trigger takes over. */
  static boolean shows(Table view, String table, Schema schema) {
    List<String> read = view.dependsOn().stream().map(Table.Dependency::table).distinct().toList();
    return view.kind() == Table.Kind.VIEW
        && view.triggers().isEmpty()
        && read.size() == 1
        && !WHERE.matcher(view.definition()).find()
        && (read.contains(table)
            || schema
                .table(read.getFirst())
                .filter(below -> shows(below, table, schema))
                .isPresent());
  }
}
