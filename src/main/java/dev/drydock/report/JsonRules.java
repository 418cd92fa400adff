package dev.drydock.report;

import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules as parts of JSON documents, there and back without loss. */
final class JsonRules {
  private JsonRules() {}

  static JsonReport.Rule toJson(Rule rule, Severity severity) {
    return new JsonReport.Rule(
        rule.id(),
        rule.title(),
        severity.id(),
        rule.severity().id(),
        rule.engines(),
        rule.tags(),
        rule.aliases(),
        rule.hazards(),
        rule.each(),
        rule.when(),
        rule.weigh(),
        rule.options(),
        rule.message(),
        rule.why(),
        rule.fix(),
        rule.suggestions().stream()
            .map(
                suggest ->
                    new JsonReport.Suggestion(
                        suggest.when(),
                        suggest.replace(),
                        suggest.then(),
                        suggest.outsideTransaction()))
            .toList(),
        rule.preflight(),
        rule.references(),
        rule.examples().stream()
            .map(
                example ->
                    new JsonReport.Example(
                        example.name(),
                        example.history(),
                        example.bad(),
                        example.good(),
                        example.equivalent(),
                        example.badRow(),
                        example.goodRow()))
            .toList());
  }

  static Rule fromJson(JsonReport.Rule rule) {
    Map<String, Object> options = new HashMap<>();
    rule.options().forEach((name, value) -> options.put(name, option(name, value)));
    return new Rule(
        rule.id(),
        rule.title(),
        JsonReports.severity(rule.defaultSeverity()),
        rule.engines(),
        rule.tags(),
        rule.aliases(),
        rule.hazards(),
        rule.each(),
        rule.when(),
        rule.weigh(),
        options,
        rule.message(),
        rule.why(),
        List.of(new Rule.Recipe("", rule.fix())),
        rule.suggestions().stream()
            .map(
                suggest ->
                    new Rule.Suggestion(
                        suggest.when(),
                        suggest.replace(),
                        suggest.then(),
                        suggest.outsideTransaction()))
            .toList(),
        rule.preflight(),
        rule.references(),
        rule.examples().stream()
            .map(
                example ->
                    new Rule.Example(
                        example.name(),
                        example.history(),
                        example.bad(),
                        example.good(),
                        example.equivalent(),
                        example.badRow(),
                        example.goodRow(),
                        // The report shows examples and does not run them.
                        0))
            .toList());
  }

  /** JSON has one kind of number, and reads it as small as it fits. */
  private static Object option(String name, Object value) {
    return switch (value) {
      case Boolean flag -> flag;
      case String text -> text;
      case Integer number -> number.longValue();
      case Long number -> number;
      case List<?> list when list.stream().allMatch(String.class::isInstance) -> list;
      case null, default ->
          throw new IllegalArgumentException("option %s has the value %s".formatted(name, value));
    };
  }
}
