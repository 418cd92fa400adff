package dev.drydock.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.drydock.facts.EngineFacts;
import dev.drydock.facts.Subject;
import dev.drydock.facts.TableSizes;
import dev.drydock.source.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules that are asked, with the severities and options a user chose. */
public final class Policy {
  /** The keys of a rule file that hold CEL. */
  static final List<String> EXPRESSION_KEYS =
      List.of("when", "weigh", "message", "fix", "preflight", "suggest");

  /** The subjects that most changes have, three quarters of the rules. */
  static final List<String> USUAL =
      List.of(
          "statement",
          "column",
          "index",
          "constraint",
          "table",
          "state",
          "rewrite",
          "scan",
          "lock",
          "rows",
          "transaction",
          "work",
          "migration");

  private final RulePack pack;
  private final Map<Rule, Severity> severities;
  private final Weighing weighing;
  private final Map<String, List<CompiledRule>> byKind = new HashMap<>();

  /**
   * What a user changed of a rule.
   *
   * @param severity absent to keep the rule's own
   * @param options values for some of its options
   */
  public record Choice(Optional<Severity> severity, Map<String, Object> options) {
    public Choice {
      options = Map.copyOf(options);
    }
  }

  /**
   * The severities of a rule's findings.
   *
   * @param own what it is when nothing is weighed
   * @param small what it is for small tables
   * @param large what it is for large ones
   */
  private record Levels(Severity own, Severity small, Severity large) {
    /** What a user says of a rule holds, whatever is weighed. */
    static Levels of(Rule rule, Preset preset, Optional<Severity> chosen) {
      return chosen
          .map(said -> new Levels(said, said, said))
          .orElseGet(
              () -> {
                Severity own = preset.severity(rule);
                return new Levels(
                    own,
                    own.atLeast(preset.harmless()) ? preset.harmless() : own,
                    own == Severity.OFF ? own : Severity.ERROR);
              });
    }

    Severity of(Optional<Weighed> weighed) {
      return weighed
          .map(
              w ->
                  switch (w.scale()) {
                    case SMALL -> small;
                    case MEDIUM -> own;
                    case LARGE -> large;
                  })
          .orElse(own);
    }
  }

  /** A rule whose expressions are compiled when they are first needed. */
  private static final class CompiledRule {
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

    void prepare() {
      if (condition == null) {
        condition = expressions.condition(rule);
      }
    }

    boolean matches(Map<String, Object> variables) throws CelEvaluationException {
      prepare();
      return (Boolean) condition.evaluate(variables);
    }

    Optional<Weighed> weighed(Weighing weighing, TableSizes sizes, Map<String, Object> variables)
        throws CelEvaluationException {
      if (rule.weigh().isEmpty() || sizes.isEmpty()) {
        return Optional.empty();
      }
      if (weight == null) {
        weight = expressions.weight(rule);
      }
      return weighing.weigh(weight.evaluate(variables), levels.own(), sizes.captured());
    }

    String message(Map<String, Object> variables) throws CelEvaluationException {
      if (message == null) {
        message = Template.compile(expressions, rule, "message", rule.message());
      }
      return message.fill(variables);
    }

    String preflight(Map<String, Object> variables) throws CelEvaluationException {
      if (rule.preflight().isEmpty()) {
        return "";
      }
      if (preflight == null) {
        preflight = Template.compile(expressions, rule, "preflight", rule.preflight());
      }
      return preflight.fill(variables);
    }

    /** What there is to do in this case; all of it when no case is this one. */
    String recipe(Map<String, Object> variables) throws CelEvaluationException {
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

    Optional<Fix> fix(Subject subject, Map<String, Object> variables)
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

  private record CompiledSuggestion(
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
                          : Optional.of(
                              expressions.condition(rule, "suggest.when", suggest.when())),
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

  private Policy(RulePack pack, Map<Rule, Severity> severities, Weighing weighing) {
    this.pack = pack;
    this.severities = severities;
    this.weighing = weighing;
  }

  /** A policy of the rules in {@code pack} with the severities their files give them. */
  public static Policy of(RulePack pack, Map<String, Choice> choices) {
    return of(pack, Preset.RECOMMENDED, choices);
  }

  /**
   * A policy of the rules in {@code pack}.
   *
   * @param preset the severities of the rules that no choice gives one
   * @param choices by rule id; ids that do not exist are for the caller to refuse
   */
  public static Policy of(RulePack pack, Preset preset, Map<String, Choice> choices) {
    return of(pack, preset, choices, Weighing.STANDARD);
  }

  /**
   * A policy of the rules in {@code pack}.
   *
   * @param preset the severities of the rules that no choice gives one
   * @param choices by rule id; ids that do not exist are for the caller to refuse
   * @param weighing which tables are small, and which are large
   */
  public static Policy of(
      RulePack pack, Preset preset, Map<String, Choice> choices, Weighing weighing) {
    Map<Rule, Levels> levels = new LinkedHashMap<>();
    Map<Rule, Severity> severities = new LinkedHashMap<>();
    for (Rule rule : pack.rules()) {
      Optional<Choice> choice = Optional.ofNullable(choices.get(rule.id()));
      levels.put(rule, Levels.of(rule, preset, choice.flatMap(Choice::severity)));
      severities.put(rule, levels.get(rule).own());
    }
    Policy policy = new Policy(pack, Collections.unmodifiableMap(severities), weighing);
    Expressions expressions = new Expressions(pack.programs());
    levels.forEach(
        (rule, of) -> {
          if (of.own() != Severity.OFF) {
            Map<String, Object> options = new HashMap<>(rule.options());
            Optional.ofNullable(choices.get(rule.id())).ifPresent(c -> options.putAll(c.options()));
            policy
                .byKind
                .computeIfAbsent(rule.each(), unused -> new ArrayList<>())
                .add(new CompiledRule(rule, of, options, expressions));
          }
        });
    return policy;
  }

  /**
   * Compiles what the rules ask first that nearly every change is asked about. {@link #judge} does
   * that for the rules it asks, so this is for a moment when there is nothing better to do, on one
   * thread before another judges.
   */
  public void prepare() {
    USUAL.forEach(each -> byKind.getOrDefault(each, List.of()).forEach(CompiledRule::prepare));
  }

  /** All rules and the severity each has now, those that are off included. */
  public Map<Rule, Severity> severities() {
    return severities;
  }

  public RulePack pack() {
    return pack;
  }

  /**
   * Compiles every expression of every rule, also of those that are off.
   *
   * @throws PolicyException at the first that does not compile
   */
  public static void check(RulePack pack) {
    compileAll(pack, new Expressions(Map.of()));
  }

  static void compileAll(RulePack pack, Expressions expressions) {
    for (Rule rule : pack.rules()) {
      EXPRESSION_KEYS.forEach(key -> compile(rule, key, expressions));
    }
  }

  /** Type-checks what a rule file has under one of {@link #EXPRESSION_KEYS}. */
  static void compile(Rule rule, String key, Expressions expressions) {
    switch (key) {
      case "when" -> expressions.condition(rule);
      case "weigh" -> {
        if (!rule.weigh().isEmpty()) {
          expressions.weight(rule);
        }
      }
      case "message" -> Template.compile(expressions, rule, key, rule.message());
      case "fix" -> CompiledRule.cases(expressions, rule);
      case "preflight" -> Template.compile(expressions, rule, key, rule.preflight());
      case "suggest" -> CompiledSuggestion.all(expressions, rule);
      default -> throw new IllegalArgumentException(key);
    }
  }

  /** What the rules have to say about {@code subjects}, sorted, none twice. */
  public List<Finding> judge(List<Subject> subjects, EngineFacts engine) {
    return judge(subjects, engine, TableSizes.UNKNOWN);
  }

  /**
   * What the rules have to say about {@code subjects}, sorted, none twice.
   *
   * @param sizes those that are in the subjects' facts
   */
  public List<Finding> judge(List<Subject> subjects, EngineFacts engine, TableSizes sizes) {
    Map<Object, Finding> findings = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      Map<String, Object> variables = variables(subject, engine);
      for (CompiledRule rule : byKind.getOrDefault(subject.each(), List.of())) {
        if (rule.rule.engines().contains(engine.name())) {
          judge(rule, subject, variables, sizes)
              .ifPresent(
                  f -> findings.putIfAbsent(List.of(f.rule().id(), f.location(), f.message()), f));
        }
      }
    }
    return findings.values().stream().sorted().toList();
  }

  private static Map<String, Object> variables(Subject subject, EngineFacts engine) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("engine", engine);
    subject.statement().ifPresent(statement -> variables.put("statement", statement));
    subject.migration().ifPresent(migration -> variables.put("migration", migration));
    variables.put(subject.each(), subject.facts());
    return variables;
  }

  private Optional<Finding> judge(
      CompiledRule compiled, Subject subject, Map<String, Object> ofSubject, TableSizes sizes) {
    Map<String, Object> variables = ofSubject;
    if (!compiled.options.isEmpty()) {
      variables = new HashMap<>(ofSubject);
      for (Map.Entry<String, Object> option : compiled.options.entrySet()) {
        variables.put("options." + option.getKey(), option.getValue());
      }
    }
    try {
      if (!compiled.matches(variables)) {
        return Optional.empty();
      }
      Optional<Weighed> weighed = compiled.weighed(weighing, sizes, variables);
      String message = compiled.message(variables).strip();
      return Optional.of(
          new Finding(
              compiled.rule,
              compiled.levels.of(weighed),
              subject.location(),
              weighed.map(w -> message + " " + w.sentence()).orElse(message),
              subject.object(),
              subject.statement().isPresent() ? subject.text() : "",
              subject.evidence(),
              subject.related().stream().map(p -> new Related(p.location(), p.message())).toList(),
              compiled.recipe(variables),
              compiled.fix(subject, variables),
              compiled.preflight(variables),
              Fingerprint.of(compiled.rule.id(), subject.object(), subject.text()),
              Optional.empty(),
              weighed));
    } catch (CelEvaluationException e) {
      throw new PolicyException(
          "rule %s fails on %s: %s"
              .formatted(compiled.rule.id(), subject.location(), e.getMessage()),
          e);
    }
  }
}
