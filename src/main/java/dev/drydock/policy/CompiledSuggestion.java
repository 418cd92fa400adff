package dev.drydock.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.drydock.source.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mechanical rewrite of a rule, ready to be filled in. */
record CompiledSuggestion(
    Optional<Expressions.Program> condition,
    Template replacement,
    Template follow,
    boolean outsideTransaction) {

  static List<CompiledSuggestion> all(Expressions expressions, Rule rule) {
    return rule.suggestions().stream()
        .map(
            suggest ->
                new CompiledSuggestion(
                    suggest.when().isEmpty()
                        ? Optional.empty()
                        : Optional.of(expressions.condition(rule, "suggest.when", suggest.when())),
                    Template.compile(expressions, rule, "suggest.replace", suggest.replace()),
                    Template.compile(expressions, rule, "suggest.then", suggest.then()),
                    suggest.outsideTransaction()))
        .toList();
  }

  boolean isPossible(Map<String, Object> variables) throws CelEvaluationException {
    return condition.isEmpty() || (Boolean) condition.get().evaluate(variables);
  }

  Fix fix(Location location, Map<String, Object> variables) throws CelEvaluationException {
    return new Fix(
        location,
        replacement.fill(variables).strip(),
        follow.fill(variables).strip(),
        outsideTransaction);
  }
}
