package dev.drydock.report;

import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import java.util.List;
import java.util.Map;

/** Rules as parts of JSON documents, there and back: all that is said of a finding. */
final class JsonRules {
  private JsonRules() {}

  static JsonReport.Rule toJson(Rule rule, Severity severity) {
    return new JsonReport.Rule(
        rule.id(),
        rule.title(),
        severity.id(),
        rule.severity().id(),
        rule.tags(),
        rule.hazards(),
        rule.each(),
        rule.why(),
        rule.references());
  }

  /** The rule with nothing where a document says nothing; it can be told, and not be asked. */
  static Rule fromJson(JsonReport.Rule rule) {
    return new Rule(
        rule.id(),
        rule.title(),
        JsonReports.severity(rule.defaultSeverity()),
        List.of(),
        rule.tags(),
        List.of(),
        rule.hazards(),
        rule.each(),
        "",
        "",
        Map.of(),
        "",
        rule.why(),
        List.of(),
        List.of(),
        "",
        rule.references(),
        List.of());
  }
}
