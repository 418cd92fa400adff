package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Type;
import java.util.List;

/** The labels that a column may hold by its enum type. */
final class EnumLabels {
  private EnumLabels() {}

  /**
   * Those that production has and a change of the column takes from it for good.
   *
   * @param after the schema after the statement
   */
  static List<String> lost(ChangeContext context, Schema after, Column old, Column now) {
    List<String> had = of(after, old);
    List<String> has = of(context.end(), now);
    List<String> atEnd =
        context.end().same(now).map(column -> of(context.end(), column)).orElse(List.of());
    return has.isEmpty() || atEnd.isEmpty()
        ? List.of()
        : context.base().same(now).map(known -> of(context.base(), known)).stream()
            .flatMap(List::stream)
            .filter(had::contains)
            .filter(label -> !has.contains(label) && !atEnd.contains(label))
            .toList();
  }

  private static List<String> of(Schema schema, Column column) {
    return schema.object(column.type().typeId(), Type.class).map(Type::labels).orElse(List.of());
  }
}
