package dev.drydock.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.jcup.sarif_2_1_0.model.ArtifactChange;
import de.jcup.sarif_2_1_0.model.ArtifactContent;
import de.jcup.sarif_2_1_0.model.ArtifactLocation;
import de.jcup.sarif_2_1_0.model.Invocation;
import de.jcup.sarif_2_1_0.model.Location;
import de.jcup.sarif_2_1_0.model.Message;
import de.jcup.sarif_2_1_0.model.Notification;
import de.jcup.sarif_2_1_0.model.PartialFingerprints;
import de.jcup.sarif_2_1_0.model.PhysicalLocation;
import de.jcup.sarif_2_1_0.model.PropertyBag;
import de.jcup.sarif_2_1_0.model.Region;
import de.jcup.sarif_2_1_0.model.Replacement;
import de.jcup.sarif_2_1_0.model.ReportingConfiguration;
import de.jcup.sarif_2_1_0.model.ReportingDescriptor;
import de.jcup.sarif_2_1_0.model.Result;
import de.jcup.sarif_2_1_0.model.Run;
import de.jcup.sarif_2_1_0.model.RunAutomationDetails;
import de.jcup.sarif_2_1_0.model.SarifSchema210;
import de.jcup.sarif_2_1_0.model.Suppression;
import de.jcup.sarif_2_1_0.model.Tool;
import de.jcup.sarif_2_1_0.model.ToolComponent;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Related;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Weighed;
import dev.drydock.source.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A report as SARIF 2.1.0, in the shape that GitHub code scanning reads. */
final class SarifReport {
  private static final URI SCHEMA =
      URI.create(
          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");

  private static final String FINGERPRINT = "drydock/v1";
  private static final String LINE_HASH = "primaryLocationLineHash";
  private static final int MOST_EVIDENCE = 8;
  private static final Pattern SEMANTIC_VERSION =
      Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

  /** The model leaves out what equals a default; these are read by GitHub and are always said. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(Run.class, AlwaysResults.class)
          .addMixIn(ToolComponent.class, AlwaysRules.class)
          .addMixIn(Result.class, AlwaysLevel.class)
          .addMixIn(ReportingConfiguration.class, AlwaysConfiguredLevel.class)
          .addMixIn(Notification.class, AlwaysNotifiedLevel.class)
          .build();

  private final Report report;
  private final Format.Style style;
  private final SarifRules rules;
  private final Map<Path, LineHashes> hashes = new HashMap<>();

  private SarifReport(Report report, Format.Style style) {
    this.report = report;
    this.style = style;
    this.rules = SarifRules.of(report);
  }

  static String render(Report report, Format.Style style) {
    return JsonDocument.write(MAPPER, new SarifReport(report, style).document());
  }

  private SarifSchema210 document() {
    ToolComponent driver = new ToolComponent();
    driver.setName("Drydock");
    driver.setVersion(report.toolVersion());
    if (SEMANTIC_VERSION.matcher(report.toolVersion()).matches()) {
      driver.setSemanticVersion(report.toolVersion());
    }
    style.home().ifPresent(driver::setInformationUri);
    driver.setRules(rules.descriptors());
    Tool tool = new Tool();
    tool.setDriver(driver);

    Run run = new Run();
    run.setTool(tool);
    run.setColumnKind(Run.ColumnKind.UTF_16_CODE_UNITS);
    run.setInvocations(List.of(invocation()));
    String category = style.category();
    if (!category.isEmpty()) {
      RunAutomationDetails details = new RunAutomationDetails();
      // What follows the last slash would be the id of one run.
      details.setId(category.endsWith("/") ? category : category + "/");
      run.setAutomationDetails(details);
    }
    run.setResults(results());

    SarifSchema210 document = new SarifSchema210();
    document.set$schema(SCHEMA);
    document.setVersion(SarifSchema210.Version._2_1_0);
    document.setRuns(List.of(run));
    return document;
  }

  private Invocation invocation() {
    Invocation invocation = new Invocation();
    invocation.setExecutionSuccessful(report.complete());
    List<Notification> notifications = new ArrayList<>();
    for (Unjudged why : report.unjudged()) {
      Notification notification =
          notification(
              Notification.Level.ERROR,
              why.remedy().isEmpty()
                  ? why.message()
                  : why.message() + ". What to do: " + why.remedy());
      why.location().ifPresent(place -> notification.setLocations(Set.of(location(place))));
      notifications.add(notification);
    }
    for (String notice : report.told()) {
      notifications.add(notification(Notification.Level.NOTE, notice));
    }
    invocation.setToolExecutionNotifications(notifications);
    return invocation;
  }

  private static Notification notification(Notification.Level level, String text) {
    Notification notification = new Notification();
    notification.setLevel(level);
    notification.setMessage(message(VisibleText.sentence(text)));
    return notification;
  }

  private List<Result> results() {
    return switch (style.suppressed()) {
      case LEFT_OUT -> report.findings().stream().map(this::result).toList();
      case KEPT -> {
        List<Finding> all = new ArrayList<>(report.findings());
        all.addAll(report.suppressed());
        Collections.sort(all);
        // Where one result says whether it is suppressed, every one has to.
        yield all.stream()
            .map(
                finding -> {
                  Result result = result(finding);
                  result.setSuppressions(suppressions(finding));
                  return result;
                })
            .toList();
      }
    };
  }

  private Result result(Finding finding) {
    Result result = new Result();
    result.setRuleId(finding.rule().id());
    result.setRuleIndex(rules.indexOf(finding.rule()));
    result.setLevel(level(finding.severity()));
    result.setMessage(message(text(finding)));
    result.setLocations(List.of(location(finding.location())));
    result.setPartialFingerprints(fingerprints(finding));
    Set<Location> related = new LinkedHashSet<>();
    for (Related place : finding.related()) {
      Location location = location(place.location());
      location.setId(related.size() + 1);
      location.setMessage(message(VisibleText.sentence(nonBlank(place.message()))));
      related.add(location);
    }
    result.setRelatedLocations(related);
    finding.fix().ifPresent(fix -> result.setFixes(Set.of(fix(fix))));
    finding.weighed().ifPresent(weighed -> result.setProperties(sizes(weighed)));
    result.setSuppressions(null);
    return result;
  }

  private static PropertyBag sizes(Weighed weighed) {
    PropertyBag sizes = new PropertyBag();
    sizes.setAdditionalProperty("sizesCaptured", weighed.captured().toString());
    sizes.setAdditionalProperty("scale", weighed.scale().id());
    sizes.setAdditionalProperty("severityWithoutSizes", weighed.otherwise().id());
    sizes.setAdditionalProperty(
        "tableSizes",
        weighed.tables().stream()
            .map(
                table -> {
                  Map<String, Object> size = new LinkedHashMap<>();
                  size.put("table", table.name());
                  size.put("rows", table.rows());
                  size.put("bytes", table.bytes());
                  return size;
                })
            .toList());
    return sizes;
  }

  /** GitHub shows this and nothing else of a result, so that what was seen is in it too. */
  private static String text(Finding finding) {
    StringBuilder text =
        new StringBuilder(unlinked(VisibleText.sentence(nonBlank(finding.message()))));
    List<String> evidence = finding.evidence();
    if (!evidence.isEmpty()) {
      List<String> shown = evidence.subList(0, Math.min(evidence.size(), MOST_EVIDENCE));
      text.append(" Observed: ").append(unlinked(VisibleText.sentence(String.join("; ", shown))));
      if (shown.size() < evidence.size()) {
        text.append("; and ").append(evidence.size() - shown.size()).append(" more");
      }
      text.append('.');
    }
    SizeEffect.of(finding).ifPresent(effect -> text.append(" Weighed: ").append(effect));
    List<String> links = new ArrayList<>();
    for (Related place : finding.related()) {
      String words = VisibleText.sentence(nonBlank(place.message()));
      links.add("[" + escapedBrackets(words) + "](" + (links.size() + 1) + ")");
    }
    if (!links.isEmpty()) {
      text.append(" See ").append(String.join(", ", links)).append('.');
    }
    return text.toString();
  }

  /** Text in which a viewer finds no link that is not ours. */
  private static String unlinked(String text) {
    return text.contains("](") || !balanced(text) ? escapedBrackets(text) : text;
  }

  /** A bracket that is left open could take the link after it for its text. */
  private static boolean balanced(String text) {
    int open = 0;
    for (int i = 0; i < text.length() && open >= 0; i++) {
      char c = text.charAt(i);
      open += c == '[' ? 1 : c == ']' ? -1 : 0;
    }
    return open == 0;
  }

  private static String escapedBrackets(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
  }

  private static String nonBlank(String text) {
    return text.isBlank() ? "(no text)" : text;
  }

  private PartialFingerprints fingerprints(Finding finding) {
    PartialFingerprints fingerprints = new PartialFingerprints();
    Path path = finding.location().file();
    SourceFile file = report.files().get(path);
    if (file != null) {
      hashes
          .computeIfAbsent(path, unused -> LineHashes.of(file.text()))
          .at(finding.location().startLine())
          .ifPresent(hash -> fingerprints.setAdditionalProperty(LINE_HASH, hash));
    }
    fingerprints.setAdditionalProperty(FINGERPRINT, finding.fingerprint().value());
    return fingerprints;
  }

  private Set<Suppression> suppressions(Finding finding) {
    Set<Suppression> suppressions = new LinkedHashSet<>();
    finding
        .suppression()
        .ifPresent(
            by -> {
              Suppression suppression = new Suppression();
              suppression.setKind(Suppression.Kind.IN_SOURCE);
              suppression.setStatus(Suppression.Status.ACCEPTED);
              suppression.setJustification(VisibleText.sentence(by.reason()));
              suppression.setLocation(location(by.location()));
              suppressions.add(suppression);
            });
    return suppressions;
  }

  private de.jcup.sarif_2_1_0.model.Fix fix(Fix fix) {
    ArtifactContent content = new ArtifactContent();
    content.setText(fix.replacement());
    Replacement replacement = new Replacement();
    replacement.setDeletedRegion(region(fix.location()));
    replacement.setInsertedContent(content);
    ArtifactChange change = new ArtifactChange();
    change.setArtifactLocation(artifact(fix.location().file()));
    change.setReplacements(List.of(replacement));
    de.jcup.sarif_2_1_0.model.Fix described = new de.jcup.sarif_2_1_0.model.Fix();
    described.setDescription(
        message(
            fix.outsideTransaction()
                ? "Replace the statement, and run it in a migration outside a transaction."
                : "Replace the statement."));
    described.setArtifactChanges(Set.of(change));
    return described;
  }

  private Location location(dev.drydock.source.Location place) {
    PhysicalLocation physical = new PhysicalLocation();
    physical.setArtifactLocation(artifact(place.file()));
    physical.setRegion(region(place));
    Location location = new Location();
    location.setPhysicalLocation(physical);
    return location;
  }

  private static ArtifactLocation artifact(Path file) {
    ArtifactLocation artifact = new ArtifactLocation();
    artifact.setUri(ArtifactUri.of(file));
    return artifact;
  }

  private Region region(dev.drydock.source.Location place) {
    SourceFile file = report.files().get(place.file());
    boolean marked = file != null && file.text().startsWith("\uFEFF");
    Region region = new Region();
    region.setStartLine(place.startLine());
    region.setStartColumn(column(place.startLine(), place.startColumn(), marked));
    region.setEndLine(place.endLine());
    region.setEndColumn(column(place.endLine(), place.endColumn(), marked));
    return region;
  }

  /** SARIF does not count a byte order mark as text. */
  private static int column(int line, int column, boolean marked) {
    return marked && line == 1 ? Math.max(1, column - 1) : column;
  }

  private static Result.Level level(Severity severity) {
    return switch (severity) {
      case ERROR -> Result.Level.ERROR;
      case WARNING -> Result.Level.WARNING;
      case INFO -> Result.Level.NOTE;
      case OFF -> Result.Level.NONE;
    };
  }

  private static Message message(String text) {
    Message message = new Message();
    message.setText(text);
    return message;
  }

  private interface AlwaysResults {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    List<Result> getResults();
  }

  private interface AlwaysRules {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    Set<ReportingDescriptor> getRules();
  }

  private interface AlwaysLevel {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    Result.Level getLevel();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    Set<Suppression> getSuppressions();
  }

  private interface AlwaysConfiguredLevel {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    ReportingConfiguration.Level getLevel();
  }

  private interface AlwaysNotifiedLevel {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    Notification.Level getLevel();
  }
}
