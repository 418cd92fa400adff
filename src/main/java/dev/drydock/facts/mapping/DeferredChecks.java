package dev.drydock.facts.mapping;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.sql.Syntax;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables that have checks of foreign keys to come at the commit, once a data change has met a
 * row.
 */
final class DeferredChecks {
  private static final String DEFERRED = "INITIALLY DEFERRED";

  private DeferredChecks() {}

  /** Names of the tables with checks to come after {@code observation}, sorted. */
  static Set<String> after(Observation observation) {
    Schema schema = observation.schema();
    Syntax syntax = observation.statement().syntax();
    Set<String> names = new TreeSet<>();
    for (Effect effect : observation.effects()) {
      if (effect instanceof Effect.RowsChanged rows
          && schema
              .tables()
              // A unique constraint has a check to come only where a duplicate was met.
              .flatMap(Table::foreignKeys)
              .filter(key -> key.definition().endsWith(DEFERRED))
              .anyMatch(key -> isAsked(key, rows.relation().id(), syntax))) {
        names.add(rows.relation().name().toString());
      }
    }
    return names;
  }

  /** A foreign key is not asked about a row whose part of it stays as it is. */
  private static boolean isAsked(Constraint key, String table, Syntax syntax) {
    return switch (syntax.command()) {
      case "INSERT", "COPY" -> key.table().equals(table);
      case "DELETE" -> key.referencedTable().equals(table);
      case "UPDATE" ->
          (key.table().equals(table) && sets(syntax, key.columns()))
              || (key.referencedTable().equals(table) && sets(syntax, key.referencedColumns()));
      default -> false;
    };
  }

  private static boolean sets(Syntax syntax, List<String> columns) {
    return syntax.names("column").stream().anyMatch(columns::contains);
  }
}
