package dev.drydock.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.drydock.facts.EngineFacts;
import dev.drydock.facts.mapping.Subject;
import dev.drydock.facts.mapping.TableSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule whose expressions are compiled when they are first needed. */
final class CompiledRule {
  private final Rule rule;
  private final Levels levels;
  private final Map<String, Object> options;
  private final Expressions expressions;
  private Expressions.Program condition;
  private Expressions.Program weight;
  private Template message;
  private Template preflight;
  private List<CompiledSuggestion> suggestions = List.of();
  private List<Optional<Expressions.Program>> cases = List.of();

  CompiledRule(Rule rule, Levels levels, Map<String, Object> options, Expressions expressions) {
    this.rule = rule;
    this.levels = levels;
    this.options = options;
    this.expressions = expressions;
  }

  /** Whether it is asked about what happened on that engine. */
  boolean isFor(EngineFacts engine) {
    return rule.engines().contains(engine.name());
  }

  void prepare() {
    if (condition == null) {
      condition = expressions.condition(rule);
    }
  }

  /**
   * What the rule has to say about {@code subject}, if anything.
   *
   * @param ofSubject the variables of its expressions, without its options
   * @throws PolicyException when an expression fails
   */
  Optional<Finding> judge(
      Subject subject, Map<String, Object> ofSubject, Weighing weighing, TableSizes sizes) {
    Map<String, Object> variables = ofSubject;
    if (!options.isEmpty()) {
      variables = new HashMap<>(ofSubject);
      for (Map.Entry<String, Object> option : options.entrySet()) {
        variables.put("options." + option.getKey(), option.getValue());
      }
    }
    try {
      if (!matches(variables)) {
        return Optional.empty();
      }
      Optional<Weighed> weighed = weighed(weighing, sizes, variables);
      String said = message(variables).strip();
      return Optional.of(
          new Finding(
              rule,
              levels.of(weighed),
              subject.location(),
              weighed.map(w -> said + " " + w.sentence()).orElse(said),
              subject.object(),
              subject.statement().isPresent() ? subject.text() : "",
              subject.evidence(),
              subject.related().stream().map(p -> new Related(p.location(), p.message())).toList(),
              recipe(variables),
              fix(subject, variables),
              preflight(variables),
              Fingerprint.of(rule.id(), subject.object(), subject.text()),
              Optional.empty(),
              weighed));
    } catch (CelEvaluationException e) {
      throw new PolicyException(
          "rule %s fails on %s: %s".formatted(rule.id(), subject.location(), e.getMessage()), e);
    }
  }

  private boolean matches(Map<String, Object> variables) throws CelEvaluationException {
    prepare();
    return (Boolean) condition.evaluate(variables);
  }

  private Optional<Weighed> weighed(
      Weighing weighing, TableSizes sizes, Map<String, Object> variables)
      throws CelEvaluationException {
    if (rule.weigh().isEmpty() || sizes.isEmpty()) {
      return Optional.empty();
    }
    if (weight == null) {
      weight = expressions.weight(rule);
    }
    return weighing.weigh(weight.evaluate(variables), levels.own(), sizes.captured());
  }

  private String message(Map<String, Object> variables) throws CelEvaluationException {
    if (message == null) {
      message = Template.compile(expressions, rule, "message", rule.message());
    }
    return message.fill(variables);
  }

  private String preflight(Map<String, Object> variables) throws CelEvaluationException {
    if (rule.preflight().isEmpty()) {
      return "";
    }
    if (preflight == null) {
      preflight = Template.compile(expressions, rule, "preflight", rule.preflight());
    }
    return preflight.fill(variables);
  }

  /** What there is to do in this case; all of it when no case is this one. */
  private String recipe(Map<String, Object> variables) throws CelEvaluationException {
    if (cases.size() < rule.recipes().size()) {
      cases = cases(expressions, rule);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      if (cases.get(i).isEmpty() || (Boolean) cases.get(i).get().evaluate(variables)) {
        texts.add(rule.recipes().get(i).text());
      }
    }
    return texts.isEmpty() ? rule.fix() : String.join("\n\n", texts);
  }

  static List<Optional<Expressions.Program>> cases(Expressions expressions, Rule rule) {
    return rule.recipes().stream()
        .map(
            recipe ->
                recipe.when().isEmpty()
                    ? Optional.<Expressions.Program>empty()
                    : Optional.of(expressions.condition(rule, "fix.when", recipe.when())))
        .toList();
  }

  private Optional<Fix> fix(Subject subject, Map<String, Object> variables)
      throws CelEvaluationException {
    if (subject.whole().isEmpty()) {
      return Optional.empty();
    }
    if (suggestions.size() < rule.suggestions().size()) {
      suggestions = CompiledSuggestion.all(expressions, rule);
    }
    for (CompiledSuggestion suggestion : suggestions) {
      if (suggestion.isPossible(variables)) {
        return Optional.of(suggestion.fix(subject.whole().get(), variables));
      }
    }
    return Optional.empty();
  }
}
