package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Grant;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may insert into a table and not take the numbers for it: the server asks whoever inserts for
 * a right to the sequence of a default, though not to that of an identity.
 */
final class SequenceRights {
  private static final String INSERT = "INSERT";
  private static final List<String> TAKES_NUMBERS = List.of("USAGE", "UPDATE");

  private final Schema base;
  private final Schema end;

  SequenceRights(Schema base, Schema end) {
    this.base = base;
    this.end = end;
  }

  /** Roles whose INSERTs without a value for the column are refused at the end, in order. */
  List<String> refused(Column column) {
    return end.table(column.table()).stream()
        .flatMap(table -> refused(table, column.name().local(), end))
        // Where production's rights are not all in the migrations, nothing is known.
        .filter(
            role ->
                base.tables()
                    .flatMap(t -> t.columns().stream().flatMap(c -> refused(t, c, base)))
                    .noneMatch(role::equals))
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<String> refused(Table table, String column, Schema schema) {
    return table.column(column).stream().flatMap(c -> refused(table, c, schema));
  }

  private static Stream<String> refused(Table table, Column column, Schema schema) {
    Optional<Sequence> sequence = ColumnSequences.named(column.defaultValue(), schema);
    if (sequence.isEmpty()) {
      return Stream.of();
    }
    Roles roles = new Roles(schema);
    return table.grants().stream()
        .filter(grant -> grant.privileges().stream().anyMatch(p -> p.startsWith(INSERT)))
        .map(Grant::grantee)
        .filter(role -> role.equals(Roles.EVERYBODY) || roles.isLimited(role))
        .filter(
            role ->
                roles.actingFor(role).stream()
                    .noneMatch(r -> r.equals(table.owner()) || r.equals("pg_write_all_data")))
        .filter(
            role ->
                TAKES_NUMBERS.stream()
                    .noneMatch(right -> roles.isGiven(role, right, sequence.get().grants())));
  }
}
