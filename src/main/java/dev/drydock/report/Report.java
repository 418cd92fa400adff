package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of a run, with everything any output shows.
 *
 * @param toolVersion of Drydock
 * @param failOn findings at or above it make the verdict fail
 * @param unjudged what there is no verdict on; the rest of the report is about the others
 * @param histories the histories that were looked at, in order of their directories
 * @param findings those that count, sorted, each with a fingerprint of its own
 * @param suppressed those that were answered in the source, likewise
 * @param rules all rules that were asked, by id, with their severities as the user set them
 * @param judging what the change alters of how it is judged itself, a few words each
 * @param notices what a reader should know, a sentence each
 * @param files the files that findings point into, by path, for code frames
 */
public record Report(
    String toolVersion,
    Severity failOn,
    List<Unjudged> unjudged,
    List<HistoryReport> histories,
    List<Finding> findings,
    List<Finding> suppressed,
    Map<Rule, Severity> rules,
    List<String> judging,
    List<String> notices,
    Map<Path, SourceFile> files) {

  private static final int MOST_ALTERED = 10;

  /** A report of nothing. */
  public static final Report EMPTY =
      new Report(
          "", Severity.ERROR, List.of(), List.of(), List.of(), Map.of(), List.of(), Map.of());

  /** A report of a run that judged all it looked at. */
  public Report(
      String toolVersion,
      Severity failOn,
      List<HistoryReport> histories,
      List<Finding> findings,
      List<Finding> suppressed,
      Map<Rule, Severity> rules,
      List<String> notices,
      Map<Path, SourceFile> files) {
    this(toolVersion, failOn, List.of(), histories, findings, suppressed, rules, notices, files);
  }

  /** A report of a change that alters nothing of how it is judged. */
  public Report(
      String toolVersion,
      Severity failOn,
      List<Unjudged> unjudged,
      List<HistoryReport> histories,
      List<Finding> findings,
      List<Finding> suppressed,
      Map<Rule, Severity> rules,
      List<String> notices,
      Map<Path, SourceFile> files) {
    this(
        toolVersion,
        failOn,
        unjudged,
        histories,
        findings,
        suppressed,
        rules,
        List.of(),
        notices,
        files);
  }

  /** A report of a run that judged nothing. */
  public static Report none(String toolVersion, Severity failOn, Unjudged why) {
    return new Report(
        toolVersion,
        failOn,
        List.of(why),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        Map.of());
  }

  public Report {
    Objects.requireNonNull(toolVersion);
    Objects.requireNonNull(failOn);
    unjudged = List.copyOf(unjudged);
    histories = List.copyOf(histories);
    // Together, so that one that is answered leaves the others their fingerprints.
    Map<Boolean, List<Finding>> told =
        Distinct.of(Stream.concat(findings.stream(), suppressed.stream()).toList(), histories)
            .stream()
            .sorted()
            .collect(Collectors.partitioningBy(finding -> finding.suppression().isEmpty()));
    findings = List.copyOf(told.get(true));
    suppressed = List.copyOf(told.get(false));
    rules = Map.copyOf(rules);
    judging = List.copyOf(judging);
    notices = List.copyOf(notices);
    files = Map.copyOf(files);
  }

  /** Whether a finding counts enough to fail. */
  public boolean failed() {
    return findings.stream().anyMatch(finding -> finding.severity().atLeast(failOn));
  }

  /** Whether all was judged; when not, what is not in the report may well be there. */
  public boolean complete() {
    return unjudged.isEmpty();
  }

  /** The pending migrations of all histories. */
  public List<HistoryReport.MigrationReport> migrations() {
    return histories.stream().flatMap(history -> history.migrations().stream()).toList();
  }

  /** The findings that count, the worst first. */
  List<Finding> worstFirst() {
    return worstFirst(findings);
  }

  /**
   * The worst first; of one severity, what stopped the run, and then as the migrations run, which
   * is not as their names sort: version 10 comes after version 9.
   */
  List<Finding> worstFirst(List<Finding> some) {
    List<Location> stops = new ArrayList<>();
    Map<String, Integer> turns = new HashMap<>();
    for (HistoryReport.MigrationReport migration : migrations()) {
      turns.putIfAbsent(migration.file(), turns.size());
      migration.steps().stream()
          .filter(HistoryReport.Step::stopped)
          .map(HistoryReport.Step::location)
          .forEach(stops::add);
    }
    return some.stream()
        .sorted(
            Comparator.comparing(Finding::severity)
                .thenComparing(one -> stops.stream().noneMatch(stop -> isIn(one.location(), stop)))
                .thenComparing(one -> turns.getOrDefault(one.location().file().toString(), -1))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static boolean isIn(Location place, Location statement) {
    return place.file().equals(statement.file())
        && statement.startLine() <= place.startLine()
        && place.endLine() <= statement.endLine();
  }

  /** The same report, with more for a reader to know. */
  public Report besides(List<String> more) {
    List<String> all = new ArrayList<>(notices);
    all.addAll(more);
    return new Report(
        toolVersion, failOn, unjudged, histories, findings, suppressed, rules, judging, all, files);
  }

  /** The same report of a change that alters these things of how it is judged. */
  public Report judgedBy(List<String> altered) {
    return new Report(
        toolVersion,
        failOn,
        unjudged,
        histories,
        findings,
        suppressed,
        rules,
        altered,
        notices,
        files);
  }

  /** What a reader should know, a sentence each, the gravest first. */
  List<String> told() {
    List<String> told = new ArrayList<>();
    alteration().ifPresent(told::add);
    notices.stream().filter(notice -> !notice.isBlank()).forEach(told::add);
    return told;
  }

  /** The sentence about what the change alters of how it is judged. */
  Optional<String> alteration() {
    int more = judging.size() - MOST_ALTERED;
    return judging.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "this change also alters how it is judged: %s%s"
                .formatted(
                    judging.stream().limit(MOST_ALTERED).collect(Collectors.joining(", ")),
                    more > 0 ? " and %d more".formatted(more) : ""));
  }

  /** Where a fix is to be run that must not run in a transaction, and how its tool is told so. */
  String outsideTransaction(Fix fix) {
    String file = fix.location().file().toString();
    return histories.stream()
        .filter(history -> history.migrations().stream().anyMatch(m -> m.file().equals(file)))
        .map(HistoryReport::outsideTransaction)
        .filter(where -> !where.isBlank())
        .findFirst()
        .orElse("outside a transaction");
  }

  /** How many findings have that severity; suppressed ones are not counted. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
