package dev.drydock.schema;

import java.util.Objects;

/**
 * A trigger of a table or view.
 *
 * @param table id of its table
 * @param enabled whether it fires for those who write rows, not only on a replica
 * @param function id of the function it calls
 * @param fires when it fires, in words: {@code BEFORE INSERT OR UPDATE FOR EACH ROW}
 * @param firing the same as the engine keeps it, with its condition and arguments and without any
 *     name that can be changed: equal exactly where two fire alike
 * @param definition as the engine prints it
 */
public record Trigger(
    String id,
    Name name,
    String table,
    boolean enabled,
    String function,
    String fires,
    String firing,
    String definition)
    implements TablePart {
  public Trigger {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(table);
    Objects.requireNonNull(function);
    Objects.requireNonNull(fires);
    Objects.requireNonNull(firing);
    Objects.requireNonNull(definition);
  }
}
