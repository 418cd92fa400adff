package dev.drydock.replay;

import dev.drydock.schema.Name;
import java.util.Objects;

/**
 * A relation as an observation names it.
 *
 * @param id the engine's identity for it, as in {@code SchemaObject.id()}
 * @param kind {@code table}, {@code partitioned table}, {@code index}, {@code view}, {@code
 *     sequence}, …
 * @param table id of the table an index is on; empty otherwise
 * @param existedBefore whether the replay of the applied migrations left it there: what this change
 *     creates, nobody waits for
 */
public record Relation(String id, Name name, String kind, String table, boolean existedBefore) {
  public Relation {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(table);
  }
}
