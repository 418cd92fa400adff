package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.ColumnType;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Extension;
import dev.drydock.schema.Function;
import dev.drydock.schema.Index;
import dev.drydock.schema.Name;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What production calls by its own names, before the change renames, adds and drops things. */
final class ProductionNames {
  private static final Pattern QUALIFIED = Pattern.compile("[\\w$\"]\\.[\\w$\"]");

  private final Schema base;

  ProductionNames(Schema base) {
    this.base = base;
  }

  /** The qualified name of a table or view; empty where production has none of that id. */
  String table(String id) {
    return base.table(id).map(table -> table.name().toString()).orElse("");
  }

  /** The name of a schema; empty where production has none of that id. */
  String schema(String id) {
    return base.object(id).map(schema -> schema.name().local()).orElse("");
  }

  /** The qualified name of an index; empty where production has none of that id. */
  String index(Index index) {
    return base.same(index).map(known -> known.name().toString()).orElse("");
  }

  /**
   * The names that columns of a table have in production; absent where it lacks one of them or has
   * it of another type.
   */
  Optional<List<String>> columns(Optional<Table> table, List<String> names) {
    List<String> known =
        names.stream()
            .flatMap(name -> table.flatMap(t -> t.column(name)).stream())
            .flatMap(column -> column(column).stream())
            .toList();
    return table
        .filter(t -> base.table(t.id()).isPresent() && known.size() == names.size())
        .map(t -> known);
  }

  private Optional<String> column(Column column) {
    return base.same(column)
        .filter(known -> known.type().base().equals(column.type().base()))
        .map(known -> known.name().local());
  }

  /**
   * The key of an index in the words of production; absent where it lacks what they name.
   *
   * @param now the schema in which the index is as it is
   */
  Optional<List<String>> key(Optional<Table> table, Index index, Schema now) {
    List<String> plain =
        index.columns().stream()
            .filter(name -> table.flatMap(t -> t.column(name)).isPresent())
            .toList();
    List<String> expressions =
        Stream.concat(index.columns().stream(), Stream.of(index.predicate()))
            .filter(text -> !text.isEmpty() && !plain.contains(text))
            .toList();
    if (expressions.isEmpty()) {
      return columns(table, plain);
    }
    List<String> needed = needed(table, index);
    return columns(table, needed)
        .filter(needed::equals)
        .filter(same -> expressions.stream().allMatch(text -> understands(text, now)))
        .map(same -> index.columns());
  }

  /** Whether production has what the index is on under the names it has now. */
  boolean hasUnderTheirNames(Optional<Table> table, Index index) {
    return table.filter(now -> table(now.id()).equals(now.name().toString())).isPresent()
        && columns(table, needed(table, index)).filter(needed(table, index)::equals).isPresent();
  }

  /** Names of the columns that the index is on, be it by an expression. */
  private static List<String> needed(Optional<Table> table, Index index) {
    return table.stream()
        .flatMap(t -> t.columns().stream())
        .map(column -> column.name().local())
        .filter(index::needs)
        .toList();
  }

  /** Columns of a table, and those that a foreign key on them points to. */
  record Pair(List<String> columns, List<String> referenced) {}

  /**
   * What a constraint is on in the words of production; absent where production cannot be asked
   * whether its rows keep it.
   *
   * @param pointedTo the table that a foreign key points to
   * @param now the schema in which the constraint is as it is
   */
  Optional<Pair> columns(
      Constraint constraint, Optional<Table> table, Optional<Table> pointedTo, Schema now) {
    Optional<List<String>> referenced =
        constraint.referencedTable().isEmpty()
            ? Optional.of(List.of())
            : columns(pointedTo, constraint.referencedColumns());
    return columns(table, constraint.columns())
        .filter(
            known ->
                constraint.type() != Constraint.Type.CHECK
                    || (known.equals(constraint.columns())
                        && understands(constraint.definition(), now)))
        .flatMap(known -> referenced.map(others -> new Pair(known, others)));
  }

  /**
   * Whether production has the functions and types that an expression names, as they are now.
   *
   * @param expression as the server prints it, with all names qualified
   */
  boolean understands(String expression, Schema now) {
    if (!QUALIFIED.matcher(expression).find()) {
      return true;
    }
    String plain = expression.replace("\"", "");
    return !bringsExtension(now)
        && now.objects()
            .filter(object -> object instanceof Function || object instanceof Type)
            .filter(object -> names(plain, object.name()))
            .allMatch(this::has);
  }

  private static boolean names(String expression, Name name) {
    return Pattern.compile("(?<![\\w$.])" + Pattern.quote(name.toString()) + "(?![\\w$])")
        .matcher(expression)
        .find();
  }

  private boolean has(SchemaObject object) {
    return object instanceof Function function
        ? base.functions()
            .anyMatch(
                known ->
                    known.name().equals(function.name())
                        && known.arguments().equals(function.arguments()))
        : base.object(object.id()).filter(object::equals).isPresent();
  }

  /** Whether production has a type under the name it has now; a built-in one it always has. */
  boolean hasType(ColumnType type, Schema now) {
    if (!type.typeId().isEmpty() && now.object(type.typeId()).isPresent()) {
      return base.object(type.typeId())
          .filter(known -> known.name().equals(now.object(type.typeId()).get().name()))
          .isPresent();
    }
    // The types of an extension are not kept apart from those that are built in.
    return !QUALIFIED.matcher(type.text()).find() || !bringsExtension(now);
  }

  private boolean bringsExtension(Schema now) {
    Set<String> known = extensions(base).collect(Collectors.toSet());
    return !extensions(now).allMatch(known::contains);
  }

  private static Stream<String> extensions(Schema schema) {
    return schema.objects(Extension.class).map(extension -> extension.name().local());
  }
}
