package dev.drydock.facts.mapping;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.Name;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import java.util.Optional;

/** Whether SQL that comes after the change finds things by the names they have in a statement. */
final class LastingNames {
  private LastingNames() {}

  static boolean are(Observation o, Schema end) {
    return o.effects().stream()
        .filter(Effect.SchemaChanged.class::isInstance)
        .map(effect -> ((Effect.SchemaChanged) effect).change())
        .flatMap(change -> change.after().stream())
        .allMatch(now -> isSame(now, o.schema(), end));
  }

  private static boolean isSame(SchemaObject now, Schema then, Schema end) {
    return switch (now) {
      case Column column ->
          isOfSame(column.table(), then, end)
              && end.same(column).map(Column::name).filter(column.name()::equals).isPresent();
      case Constraint constraint ->
          isOfSame(constraint.table(), then, end)
              && end.same(constraint)
                  .filter(last -> last.name().equals(constraint.name()))
                  .filter(last -> last.columns().equals(constraint.columns()))
                  .isPresent();
      case Index index ->
          isOfSame(index.table(), then, end)
              && end.same(index)
                  .map(Index::definition)
                  .filter(index.definition()::equals)
                  .isPresent();
      default -> true;
    };
  }

  private static boolean isOfSame(String table, Schema then, Schema end) {
    Optional<Name> last = end.table(table).map(Table::name);
    return last.isPresent() && last.equals(then.table(table).map(Table::name));
  }
}
