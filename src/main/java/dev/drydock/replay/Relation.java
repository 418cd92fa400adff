package dev.drydock.replay;

import dev.drydock.schema.Name;
import dev.drydock.schema.Table;
import java.util.Locale;
import java.util.Objects;

/**
 * A relation as an observation names it.
 *
 * @param id the engine's identity for it, as in {@code SchemaObject.id()}
 * @param table id of the table an index is on; empty otherwise
 * @param existedBefore whether the replay of the applied migrations left it there: what this change
 *     creates, nobody waits for
 */
public record Relation(String id, Name name, Kind kind, String table, boolean existedBefore) {

  /** What sort of relation it is; {@link #label()} is the field's word for it. */
  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    FOREIGN_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    INDEX,
    PARTITIONED_INDEX;

    /** That of a table or view. */
    public static Kind of(Table.Kind kind) {
      return switch (kind) {
        case TABLE -> TABLE;
        case PARTITIONED_TABLE -> PARTITIONED_TABLE;
        case FOREIGN_TABLE -> FOREIGN_TABLE;
        case VIEW -> VIEW;
        case MATERIALIZED_VIEW -> MATERIALIZED_VIEW;
      };
    }

    /** Lower case, e.g. {@code partitioned table}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public Relation {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(table);
  }

  public boolean isTable() {
    return kind == Kind.TABLE || kind == Kind.PARTITIONED_TABLE || kind == Kind.FOREIGN_TABLE;
  }

  public boolean isIndex() {
    return kind == Kind.INDEX || kind == Kind.PARTITIONED_INDEX;
  }

  /** Whether it is what a query names: a table or a view, materialized or not. */
  public boolean isTableOrView() {
    return !isIndex() && kind != Kind.SEQUENCE;
  }
}
