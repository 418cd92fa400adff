package dev.drydock.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Related;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Suppression;
import dev.drydock.policy.Weighed;
import dev.drydock.source.FileTree;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports as JSON documents, there and back: all but what only a run of a rule needs. */
public final class JsonReports {
  /** One for all reports: it finds out once what members each record has. */
  private static final ObjectMapper WRITER = new ObjectMapper();

  private JsonReports() {}

  /** The document of {@code report}, field for field as the published schema says. */
  public static String render(Report report) {
    return JsonDocument.write(WRITER, toJson(report));
  }

  /**
   * The report that {@link #render} made a document of.
   *
   * <p>The document may come from a stranger: what is read is checked for its shape, and its
   * strings are as untrusted as a migration's.
   *
   * @throws UnreadableReportException with the line and what was expected there
   */
  public static Report read(String json) throws UnreadableReportException {
    try {
      return fromJson(JsonDocument.read(json));
    } catch (IllegalArgumentException e) {
      throw new UnreadableReportException(
          "The report contradicts itself: " + VisibleText.sentence(e.getMessage()), e);
    }
  }

  /** A path with {@code /}, whatever the system. */
  static String path(Path path) {
    String root = path.getRoot() == null ? "" : path.getRoot().toString().replace('\\', '/');
    StringJoiner joined = new StringJoiner("/", root, "");
    path.forEach(name -> joined.add(name.toString()));
    return joined.toString();
  }

  static JsonReport toJson(Report report) {
    Set<String> found =
        Stream.concat(report.findings().stream(), report.suppressed().stream())
            .map(finding -> finding.rule().id())
            .collect(Collectors.toSet());
    return new JsonReport(
        JsonReport.SCHEMA_VERSION,
        new JsonReport.Tool("drydock", report.toolVersion()),
        new JsonReport.Verdict(
            report.complete(),
            report.failed(),
            report.failOn().id(),
            report.count(Severity.ERROR),
            report.count(Severity.WARNING),
            report.count(Severity.INFO),
            report.suppressed().size()),
        report.unjudged().stream().map(JsonReports::toJson).toList(),
        report.histories().stream().map(JsonReports::toJson).toList(),
        report.findings().stream().map(JsonReports::toJson).toList(),
        report.suppressed().stream().map(JsonReports::toJson).toList(),
        report.judging(),
        report.notices(),
        report.rules().entrySet().stream()
            .filter(entry -> found.contains(entry.getKey().id()))
            .sorted(Comparator.comparing(entry -> entry.getKey().id()))
            .map(entry -> JsonRules.toJson(entry.getKey(), entry.getValue()))
            .toList(),
        report.files().values().stream()
            .map(file -> new JsonReport.SourceText(path(file.path()), file.text()))
            .sorted(Comparator.comparing(JsonReport.SourceText::path))
            .toList());
  }

  private static JsonReport.Unjudged toJson(Unjudged why) {
    return new JsonReport.Unjudged(
        why.directory(),
        why.message(),
        why.location().stream().map(JsonReports::toJson).toList(),
        why.remedy());
  }

  private static Unjudged fromJson(JsonReport.Unjudged why) {
    return new Unjudged(
        why.directory(),
        why.message(),
        why.locations().stream().map(JsonReports::fromJson).findFirst(),
        why.remedy());
  }

  private static JsonReport.History toJson(HistoryReport history) {
    return new JsonReport.History(
        history.directory(),
        history.layout(),
        history.outsideTransaction(),
        history.engine(),
        history.engineVersion(),
        history.applied(),
        history.migrations().stream()
            .map(
                migration ->
                    new JsonReport.Migration(
                        migration.file(),
                        migration.version(),
                        migration.statements(),
                        toJson(migration.worstLock()),
                        migration.rewrites(),
                        migration.scans(),
                        migration.failed(),
                        migration.steps().stream().map(JsonReports::toJson).toList(),
                        migration.changes().stream().map(JsonReports::toJson).toList()))
            .toList());
  }

  private static JsonReport.Step toJson(HistoryReport.Step step) {
    return new JsonReport.Step(
        toJson(step.location()),
        step.command(),
        step.transaction(),
        step.inTransaction(),
        step.outcome(),
        step.locks().stream().map(JsonReports::toJson).toList());
  }

  private static HistoryReport.Step fromJson(JsonReport.Step step) {
    return new HistoryReport.Step(
        fromJson(step.location()),
        step.command(),
        step.transaction(),
        step.inTransaction(),
        step.outcome(),
        step.locks().stream().map(JsonReports::fromJson).toList());
  }

  private static JsonReport.Lock toJson(HistoryReport.WorstLock lock) {
    return new JsonReport.Lock(lock.mode(), lock.relation(), lock.blocks());
  }

  private static HistoryReport.WorstLock fromJson(JsonReport.Lock lock) {
    return new HistoryReport.WorstLock(lock.mode(), lock.relation(), lock.blocks());
  }

  private static JsonReport.Change toJson(HistoryReport.Change change) {
    return new JsonReport.Change(
        change.event(),
        change.kind(),
        change.table(),
        change.name(),
        change.before(),
        change.after(),
        change.refersTo());
  }

  private static HistoryReport.Change fromJson(JsonReport.Change change) {
    return new HistoryReport.Change(
        change.event(),
        change.kind(),
        change.table(),
        change.name(),
        change.before(),
        change.after(),
        change.refersTo());
  }

  private static JsonReport.Finding toJson(Finding finding) {
    return new JsonReport.Finding(
        finding.rule().id(),
        finding.severity().id(),
        toJson(finding.location()),
        finding.message(),
        finding.object(),
        finding.statement(),
        finding.evidence(),
        finding.related().stream()
            .map(place -> new JsonReport.Related(toJson(place.location()), place.message()))
            .toList(),
        finding.recipe(),
        finding.fix().stream()
            .map(
                fix ->
                    new JsonReport.Fix(
                        toJson(fix.location()),
                        fix.replacement(),
                        fix.follow(),
                        fix.outsideTransaction()))
            .toList(),
        finding.preflight(),
        finding.fingerprint().value(),
        finding.suppression().stream()
            .map(by -> new JsonReport.Suppression(by.reason(), toJson(by.location())))
            .toList(),
        finding.weighed().stream().map(JsonReports::toJson).toList());
  }

  private static JsonReport.Weighed toJson(Weighed weighed) {
    return new JsonReport.Weighed(
        weighed.scale().id(),
        weighed.otherwise().id(),
        weighed.captured().toString(),
        weighed.tables().stream()
            .map(table -> new JsonReport.TableSize(table.name(), table.rows(), table.bytes()))
            .toList());
  }

  private static Weighed fromJson(JsonReport.Weighed weighed) {
    try {
      return new Weighed(
          Arrays.stream(Weighed.Scale.values())
              .filter(scale -> scale.id().equals(weighed.scale()))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no scale " + weighed.scale())),
          severity(weighed.otherwise()),
          Instant.parse(weighed.captured()),
          weighed.tables().stream()
              .map(table -> new Weighed.Table(table.name(), table.rows(), table.bytes()))
              .toList());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("%s is not a time".formatted(weighed.captured()), e);
    }
  }

  private static JsonReport.Place toJson(Location location) {
    return new JsonReport.Place(
        path(location.file()),
        location.startLine(),
        location.startColumn(),
        location.endLine(),
        location.endColumn());
  }

  private static Report fromJson(JsonReport json) {
    Map<String, Rule> rules = new HashMap<>();
    Map<Rule, Severity> severities = new HashMap<>();
    for (JsonReport.Rule rule : json.rules()) {
      Rule read = JsonRules.fromJson(rule);
      rules.put(read.id(), read);
      severities.put(read, severity(rule.severity()));
    }
    Map<Path, SourceFile> files = new HashMap<>();
    for (JsonReport.SourceText file : json.files()) {
      Path path = pathOf(file.path());
      files.put(path, new SourceFile(path, file.text()));
    }
    return new Report(
        json.tool().version(),
        severity(json.verdict().failOn()),
        json.unjudged().stream().map(JsonReports::fromJson).toList(),
        json.histories().stream().map(JsonReports::fromJson).toList(),
        json.findings().stream().map(finding -> fromJson(finding, rules)).toList(),
        json.suppressed().stream().map(finding -> fromJson(finding, rules)).toList(),
        severities,
        json.judging(),
        json.notices(),
        files);
  }

  private static HistoryReport fromJson(JsonReport.History history) {
    return new HistoryReport(
        history.directory(),
        history.layout(),
        history.outsideTransaction(),
        history.engine(),
        history.engineVersion(),
        history.applied(),
        history.migrations().stream()
            .map(
                migration ->
                    new HistoryReport.MigrationReport(
                        migration.file(),
                        migration.version(),
                        migration.statements(),
                        fromJson(migration.worstLock()),
                        migration.rewrites(),
                        migration.scans(),
                        migration.failed(),
                        migration.steps().stream().map(JsonReports::fromJson).toList(),
                        migration.changes().stream().map(JsonReports::fromJson).toList()))
            .toList());
  }

  private static Finding fromJson(JsonReport.Finding finding, Map<String, Rule> rules) {
    Rule rule = rules.get(finding.rule());
    if (rule == null) {
      throw new IllegalArgumentException(
          "a finding is of rule %s, which is not among its rules".formatted(finding.rule()));
    }
    return new Finding(
        rule,
        severity(finding.severity()),
        fromJson(finding.location()),
        finding.message(),
        finding.object(),
        finding.statement(),
        finding.evidence(),
        finding.related().stream()
            .map(place -> new Related(fromJson(place.location()), place.message()))
            .toList(),
        finding.recipe(),
        finding.fixes().stream()
            .map(
                fix ->
                    new Fix(
                        fromJson(fix.location()),
                        fix.replacement(),
                        fix.follow(),
                        fix.outsideTransaction()))
            .findFirst(),
        finding.preflight(),
        new Fingerprint(finding.fingerprint()),
        finding.suppressions().stream()
            .map(by -> new Suppression(by.reason(), fromJson(by.location())))
            .findFirst(),
        finding.weighed().stream().map(JsonReports::fromJson).findFirst());
  }

  private static Location fromJson(JsonReport.Place place) {
    if (place.endLine() > FileTree.DEFAULT_LIMIT) {
      throw new IllegalArgumentException("no file has a line %d".formatted(place.endLine()));
    }
    return new Location(
        pathOf(place.file()),
        place.startLine(),
        place.startColumn(),
        place.endLine(),
        place.endColumn());
  }

  static Severity severity(String id) {
    return Severity.of(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no severity " + id));
  }

  private static Path pathOf(String path) {
    try {
      Path read = Path.of(path);
      if (read.startsWith("..") || !read.equals(read.normalize())) {
        throw new IllegalArgumentException("%s is not a path in a repository".formatted(path));
      }
      return read;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("%s is not a path".formatted(path), e);
    }
  }
}
