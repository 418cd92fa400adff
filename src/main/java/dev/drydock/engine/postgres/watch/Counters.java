package dev.drydock.engine.postgres.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The statistics counters of relations as they stood when they were read last. */
final class Counters {
  /** Where in the probe's line on a relation they begin. */
  private static final int IN_PROBE = 5;

  private final Map<Long, Counts> last = new HashMap<>();

  /**
   * What rose since the counters were read before, in the order in which the relations were made:
   * the server keeps none.
   *
   * @param scans how many scans began on each relation
   * @param rows by how much the counters rose of each relation whose rows were written
   * @param counted the counters themselves, as they stand now
   */
  record Rise(Map<Long, Long> scans, Map<Long, Counts> rows, Map<Long, Counts> counted) {}

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
    Map<Long, Long> scans = new TreeMap<>();
    Map<Long, Counts> rows = new TreeMap<>();
    Map<Long, Counts> all = new HashMap<>();
    for (JsonNode relation : relations) {
      long oid = relation.get(0).asLong();
      Counts counted = Counts.of(relation, IN_PROBE);
      Counts rise = counted.since(last.getOrDefault(oid, Counts.NONE));
      last.put(oid, counted);
      all.put(oid, counted);
      if (rise.scans() > 0) {
        scans.put(oid, rise.scans());
      }
      if (rise.ofWrites()) {
        rows.put(oid, rise);
      }
    }
    return new Rise(scans, rows, all);
  }
}
