package dev.drydock.engine.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The statistics counters of relations as they stood when they were read last: scans begun, rows
 * inserted, updated and deleted.
 */
final class Counters {
  /** Where in the probe's line on a relation they begin. */
  private static final int IN_PROBE = 5;

  private final Map<Long, long[]> last = new HashMap<>();

  /**
   * What rose since the counters were read before.
   *
   * @param scans how many scans began on each relation
   * @param rows inserted, updated and deleted rows of each relation
   * @param counted the counters themselves, as they stand now
   */
  record Rise(Map<Long, Long> scans, Map<Long, long[]> rows, Map<Long, long[]> counted) {}

  /** The four counters that stand in {@code relation} from {@code index} on. */
  static long[] of(JsonNode relation, int index) {
    long[] counts = new long[4];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = relation.get(index + i).asLong();
    }
    return counts;
  }

  /** Forgets them: they are taken to be zero. */
  void clear() {
    last.clear();
  }

  /**
   * Takes the counters as they stand now.
   *
   * @param relations the relations in the answer of {@code drydock.probe()}
   */
  Rise read(JsonNode relations) {
    Map<Long, Long> scans = new LinkedHashMap<>();
    Map<Long, long[]> rows = new LinkedHashMap<>();
    Map<Long, long[]> all = new HashMap<>();
    for (JsonNode relation : relations) {
      long oid = relation.get(0).asLong();
      long[] counted = of(relation, IN_PROBE);
      long[] earlier = last.getOrDefault(oid, new long[counted.length]);
      last.put(oid, counted);
      all.put(oid, counted);
      if (counted[0] > earlier[0]) {
        scans.put(oid, counted[0] - earlier[0]);
      }
      long[] changed = {counted[1] - earlier[1], counted[2] - earlier[2], counted[3] - earlier[3]};
      if (changed[0] > 0 || changed[1] > 0 || changed[2] > 0) {
        rows.put(oid, changed);
      }
    }
    return new Rise(scans, rows, all);
  }
}
