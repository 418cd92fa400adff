package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Sequence;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sequences that defaults of columns take values from. */
final class ColumnSequences {
  private static final Pattern NEXT_VALUE = Pattern.compile("nextval\\('([^']+)'::regclass\\)");

  private ColumnSequences() {}

  /** Whether the default of the column takes values from a sequence that belongs to it. */
  static boolean owns(Column column, Schema schema) {
    return column.defaultValue().startsWith("nextval(")
        && schema.objects(Sequence.class).anyMatch(sequence -> sequence.belongsTo(column));
  }

  /** The one whose name the default has as the server prints it. */
  static Optional<Sequence> named(String defaultValue, Schema schema) {
    return Optional.of(NEXT_VALUE.matcher(defaultValue))
        .filter(Matcher::find)
        .map(next -> next.group(1))
        .flatMap(
            name ->
                schema
                    .objects(Sequence.class)
                    .filter(sequence -> sequence.name().toString().equals(name.replace("\"", "")))
                    .findFirst());
  }
}
