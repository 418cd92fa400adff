package dev.drydock.replay;

import java.util.Objects;

/**
 * A lock on a relation.
 *
 * @param mode in the engine's words, e.g. {@code ACCESS EXCLUSIVE}
 * @param blocksReads whether a plain SELECT waits for it
 * @param blocksWrites whether INSERT, UPDATE and DELETE wait for it
 */
public record Lock(Relation relation, String mode, boolean blocksReads, boolean blocksWrites) {
  public Lock {
    Objects.requireNonNull(relation);
    Objects.requireNonNull(mode);
  }

  /** Who waits for it, in words. */
  public String blocks() {
    // Nothing else writes to a materialized view.
    String writes = relation.kind() == Relation.Kind.MATERIALIZED_VIEW ? "refreshes" : "writes";
    if (blocksReads) {
      return "reads and " + writes;
    }
    if (blocksWrites) {
      return writes;
    }
    // The one mode besides those that DDL takes and that keeps other DDL, VACUUM and ANALYZE out.
    return mode.equals("SHARE UPDATE EXCLUSIVE") ? "schema changes" : "nobody";
  }
}
