package dev.drydock.schema;

import java.util.Objects;

/**
 * A trigger of a table or view.
 *
 * @param table id of its table
 * @param enabled whether it fires for those who write rows, not only on a replica
 * @param function id of the function it calls
 */
public record Trigger(
    String id, Name name, String table, boolean enabled, String function, String definition)
    implements SchemaObject {
  public Trigger {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(table);
    Objects.requireNonNull(function);
    Objects.requireNonNull(definition);
  }
}
