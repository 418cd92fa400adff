package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Findings of which no two have one fingerprint, also where a statement stands twice. */
final class Distinct {
  private Distinct() {}

  /**
   * @param histories whose order is that of the findings with one fingerprint: a migration that a
   *     later push adds comes after those there were, so that these keep their fingerprints
   */
  static List<Finding> of(List<Finding> findings, List<HistoryReport> histories) {
    Map<String, Integer> places = new HashMap<>();
    histories.stream()
        .flatMap(history -> history.migrations().stream())
        .forEach(migration -> places.putIfAbsent(migration.file(), places.size()));
    List<Finding> inOrder = new ArrayList<>(findings);
    inOrder.sort(
        Comparator.comparing(
                (Finding finding) ->
                    places.getOrDefault(finding.location().file().toString(), places.size()))
            .thenComparing(Comparator.naturalOrder()));
    Map<Fingerprint, Integer> seen = new HashMap<>();
    inOrder.replaceAll(
        finding ->
            finding.under(
                finding.fingerprint().ofEqual(seen.merge(finding.fingerprint(), 1, Integer::sum))));
    return inOrder;
  }
}
