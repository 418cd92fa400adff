package dev.drydock.docs;

import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Preset;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.policy.Severity;
import dev.drydock.policy.YamlNode;
import dev.drydock.policy.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What can go wrong when a server runs a migration, by category: {@code docs/hazards.yaml}. */
public record HazardList(Map<String, List<Hazard>> categories) {
  public HazardList {
    categories = new LinkedHashMap<>(categories);
  }

  /** How loud a hazard is reported when nobody says otherwise. */
  public enum Level {
    ERROR,
    WARNING,
    INFO,
    /** Not at all until a team turns it on. */
    OPT_IN,
    /** The same, and correct either way. */
    STYLE;

    /** As files spell it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Level of(Rule rule) {
      if (rule.severity() == Severity.OFF) {
        return Preset.isStyle(rule) ? STYLE : OPT_IN;
      }
      return valueOf(rule.severity().name());
    }
  }

  /**
   * One thing that can go wrong.
   *
   * @param name as rules give it under {@code hazards}
   * @param what the server does, a sentence
   * @param differs why a rule reports it on another level, by the id of the rule
   */
  public record Hazard(String name, Level level, String what, Map<String, String> differs) {
    public Hazard {
      Objects.requireNonNull(name);
      Objects.requireNonNull(level);
      Objects.requireNonNull(what);
      differs = Map.copyOf(differs);
    }

    /** The rules of {@code pack} that report it, by their ids. */
    List<Rule> rules(RulePack pack) {
      return pack.rules().stream().filter(rule -> rule.hazards().contains(name)).toList();
    }
  }

  /**
   * The list in a file.
   *
   * @param file its name, for messages
   * @throws PolicyException when a key is missing or unknown, or a name is there twice
   */
  public static HazardList read(String file, String text) {
    Map<String, List<Hazard>> categories = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (YamlNode node : YamlReader.items(YamlReader.read(file, text), "the list of hazards")) {
      YamlNode.Mapping category = YamlReader.mapping(node, "a category");
      YamlReader.onlyKeys(category, List.of("category", "hazards"), "a category");
      List<Hazard> hazards = new ArrayList<>();
      for (YamlNode item : YamlReader.items(value(category, "hazards"), "`hazards`")) {
        Hazard hazard = hazard(YamlReader.mapping(item, "a hazard"));
        if (!names.add(hazard.name())) {
          throw new PolicyException(item.mark(), "`%s` is there twice".formatted(hazard.name()));
        }
        hazards.add(hazard);
      }
      categories.put(YamlReader.text(value(category, "category"), "category"), hazards);
    }
    return new HazardList(categories);
  }

  private static Hazard hazard(YamlNode.Mapping hazard) {
    YamlReader.onlyKeys(hazard, List.of("name", "level", "what", "differs"), "a hazard");
    Map<String, String> differs = new LinkedHashMap<>();
    hazard
        .value("differs")
        .ifPresent(
            node ->
                YamlReader.mapping(node, "`differs`")
                    .entries()
                    .forEach((rule, why) -> differs.put(rule, YamlReader.text(why.value(), rule))));
    return new Hazard(
        YamlReader.text(value(hazard, "name"), "name"),
        YamlReader.oneOf(value(hazard, "level"), "level", List.of(Level.values()), Level::id),
        YamlReader.text(value(hazard, "what"), "what").strip(),
        differs);
  }

  private static YamlNode value(YamlNode.Mapping mapping, String key) {
    return mapping
        .value(key)
        .orElseThrow(
            () -> new PolicyException(mapping.mark(), "the key `%s` is missing".formatted(key)));
  }

  /**
   * Where the list and the rules do not agree, a sentence each: every hazard has a rule, every rule
   * reports hazards of the list, and on their level unless the list says why not.
   */
  public List<String> disagreements(RulePack pack) {
    List<String> problems = new ArrayList<>();
    Set<String> names =
        categories.values().stream()
            .flatMap(List::stream)
            .map(Hazard::name)
            .collect(Collectors.toSet());
    for (Rule rule : pack.rules()) {
      for (String name : rule.hazards()) {
        if (!names.contains(name)) {
          problems.add("%s reports `%s`, which is not in the list".formatted(rule.id(), name));
        }
      }
    }
    categories.values().forEach(all -> all.forEach(hazard -> compare(hazard, pack, problems)));
    return problems;
  }

  private static void compare(Hazard hazard, RulePack pack, List<String> problems) {
    List<Rule> rules = hazard.rules(pack);
    if (rules.isEmpty()) {
      problems.add("no rule reports `%s`".formatted(hazard.name()));
    }
    Set<String> explained = new LinkedHashSet<>(hazard.differs().keySet());
    for (Rule rule : rules) {
      boolean agrees = Level.of(rule) == hazard.level();
      if (!agrees && !explained.remove(rule.id())) {
        problems.add(
            "%s is %s and `%s` is %s; the list does not say why"
                .formatted(rule.id(), Level.of(rule).id(), hazard.name(), hazard.level().id()));
      }
    }
    for (String rule : explained) {
      problems.add("`%s` need not say why %s differs".formatted(hazard.name(), rule));
    }
  }
}
