package dev.drydock.policy;

import dev.drydock.facts.EngineFacts;
import dev.drydock.facts.mapping.Subject;
import dev.drydock.facts.mapping.TableSizes;
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
        if (rule.isFor(engine)) {
          rule.judge(subject, variables, weighing, sizes)
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
}
