package dev.drydock.engine.postgres.watch;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The statistics counters of a relation at one moment, or by how much they rose.
 *
 * @param scans how many scans began
 */
record Counts(long scans, long inserted, long updated, long deleted) {
  static final Counts NONE = new Counts(0, 0, 0, 0);

  /** The four that stand in {@code relation} from {@code index} on. */
  static Counts of(JsonNode relation, int index) {
    return new Counts(
        relation.get(index).asLong(),
        relation.get(index + 1).asLong(),
        relation.get(index + 2).asLong(),
        relation.get(index + 3).asLong());
  }

  Counts since(Counts earlier) {
    return new Counts(
        scans - earlier.scans,
        inserted - earlier.inserted,
        updated - earlier.updated,
        deleted - earlier.deleted);
  }

  /** Whether rows were inserted, updated or deleted. */
  boolean ofWrites() {
    return inserted > 0 || updated > 0 || deleted > 0;
  }
}
