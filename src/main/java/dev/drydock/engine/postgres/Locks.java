package dev.drydock.engine.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The locks of a session.
 *
 * @param strongest the strongest mode on each relation
 * @param writing the relations on which ROW EXCLUSIVE is among the modes
 */
record Locks(Map<Long, LockMode> strongest, Set<Long> writing) {
  Locks() {
    this(new LinkedHashMap<>(), new HashSet<>());
  }

  /** Those that {@code drydock.locks(bigint)} tells. */
  static Locks of(JsonNode told) {
    Locks locks = new Locks();
    told.forEach(lock -> locks.add(lock.get(0).asLong(), LockMode.ofCatalog(lock.get(1).asText())));
    return locks;
  }

  void add(long relation, LockMode mode) {
    strongest.merge(relation, mode, LockMode::stronger);
    if (mode == LockMode.ROW_EXCLUSIVE) {
      writing.add(relation);
    }
  }

  void addAll(Locks other) {
    other.strongest.forEach(
        (relation, mode) -> strongest.merge(relation, mode, LockMode::stronger));
    writing.addAll(other.writing);
  }
}
