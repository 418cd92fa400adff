package dev.drydock.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import de.jcup.sarif_2_1_0.model.MultiformatMessageString;
import de.jcup.sarif_2_1_0.model.PropertyBag;
import de.jcup.sarif_2_1_0.model.ReportingConfiguration;
import de.jcup.sarif_2_1_0.model.ReportingDescriptor;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules of a run as SARIF lists them, and where in the list each stands. */
final class SarifRules {
  /** GitHub refuses longer descriptions. */
  private static final int LONGEST_DESCRIPTION = 1024;

  /** GitHub keeps no more. */
  private static final int MOST_TAGS = 10;

  private static final String DATA_DEPENDENT = "data-dependent";

  private final Set<ReportingDescriptor> descriptors = new LinkedHashSet<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  private SarifRules() {}

  /** All rules that were asked: an alert closes only when its rule is listed and silent. */
  static SarifRules of(Report report) {
    Map<Rule, Severity> asked =
        new TreeMap<>(Comparator.comparing(Rule::id, Comparator.naturalOrder()));
    asked.putAll(report.rules());
    Stream.concat(report.findings().stream(), report.suppressed().stream())
        .map(Finding::rule)
        .forEach(rule -> asked.putIfAbsent(rule, rule.severity()));
    SarifRules rules = new SarifRules();
    asked.forEach(rules::add);
    return rules;
  }

  Set<ReportingDescriptor> descriptors() {
    return descriptors;
  }

  int indexOf(Rule rule) {
    return indexes.get(rule.id());
  }

  private void add(Rule rule, Severity severity) {
    indexes.put(rule.id(), descriptors.size());
    ReportingDescriptor descriptor = new ReportingDescriptor();
    descriptor.setId(rule.id());
    String name = pascalCase(rule.id());
    if (!name.equalsIgnoreCase(rule.id())) {
      // A name that only repeats the id is an error in SARIF.
      descriptor.setName(name);
    }
    descriptor.setShortDescription(text(rule.title()));
    String why = Prose.plain(Prose.firstParagraph(rule.why()));
    descriptor.setFullDescription(text(why.isEmpty() ? rule.title() : why));
    MultiformatMessageString help = new MultiformatMessageString();
    help.setText(RuleHelp.text(rule));
    help.setMarkdown(RuleHelp.markdown(rule));
    descriptor.setHelp(help);
    helpUri(rule.references()).ifPresent(descriptor::setHelpUri);
    ReportingConfiguration configuration = new ReportingConfiguration();
    configuration.setLevel(level(severity));
    configuration.setEnabled(severity != Severity.OFF);
    descriptor.setDefaultConfiguration(configuration);
    descriptor.setProperties(new RuleProperties(rule, severity));
    descriptors.add(descriptor);
  }

  private static ReportingConfiguration.Level level(Severity severity) {
    return switch (severity) {
      case ERROR -> ReportingConfiguration.Level.ERROR;
      case WARNING -> ReportingConfiguration.Level.WARNING;
      case INFO -> ReportingConfiguration.Level.NOTE;
      case OFF -> ReportingConfiguration.Level.NONE;
    };
  }

  private static MultiformatMessageString text(String text) {
    MultiformatMessageString message = new MultiformatMessageString();
    message.setText(VisibleText.cut(VisibleText.line(text), LONGEST_DESCRIPTION));
    return message;
  }

  private static String pascalCase(String id) {
    StringBuilder name = new StringBuilder();
    for (String word : id.split("-")) {
      if (!word.isEmpty()) {
        name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return name.toString();
  }

  private static Optional<URI> helpUri(List<String> references) {
    for (String reference : references) {
      if (reference.startsWith("https://")) {
        try {
          return Optional.of(new URI(reference));
        } catch (URISyntaxException e) {
          // A reference for people need not be a URI; the next one may be.
          continue;
        }
      }
    }
    return Optional.empty();
  }

  /** What GitHub reads beside the tags. */
  static final class RuleProperties extends PropertyBag {
    @JsonProperty private final String precision;

    @JsonProperty("problem.severity")
    private final String problemSeverity;

    RuleProperties(Rule rule, Severity severity) {
      setTags(new LinkedHashSet<>(rule.tags().stream().limit(MOST_TAGS).toList()));
      // What a server did is certain; whether it hurts may hang on rows that were not there.
      precision = rule.tags().contains(DATA_DEPENDENT) ? "high" : "very-high";
      problemSeverity =
          switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO, OFF -> "recommendation";
          };
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RuleProperties properties
          && super.equals(other)
          && precision.equals(properties.precision)
          && problemSeverity.equals(properties.problemSeverity);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * super.hashCode() + precision.hashCode()) + problemSeverity.hashCode();
    }
  }
}
