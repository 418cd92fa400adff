package dev.drydock.engine.postgres.watch;

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
 * @param weaker the relations on which any mode but ACCESS EXCLUSIVE is
 */
public record Locks(Map<Long, LockMode> strongest, Set<Long> writing, Set<Long> weaker) {
  public Locks() {
    this(new LinkedHashMap<>(), new HashSet<>(), new HashSet<>());
  }

  /** Those that {@code drydock.locks(bigint)} tells. */
  static Locks of(JsonNode told) {
    Locks locks = new Locks();
    told.properties()
        .forEach(
            of -> {
              LockMode mode = LockMode.ofCatalog(of.getKey());
              of.getValue().forEach(relation -> locks.add(relation.asLong(), mode));
            });
    return locks;
  }

  void add(long relation, LockMode mode) {
    strongest.merge(relation, mode, LockMode::stronger);
    if (mode == LockMode.ROW_EXCLUSIVE) {
      writing.add(relation);
    }
    if (mode != LockMode.ACCESS_EXCLUSIVE) {
      weaker.add(relation);
    }
  }

  public void addAll(Locks other) {
    other.strongest.forEach(
        (relation, mode) -> strongest.merge(relation, mode, LockMode::stronger));
    writing.addAll(other.writing);
    weaker.addAll(other.weaker);
  }
}
