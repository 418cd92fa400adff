package dev.drydock.policy;

import dev.drydock.facts.mapping.Subjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one rule file, strictly. */
public final class RuleReader {
  /** The keys of a rule file, in the order a file has them. */
  public static final List<String> KEYS =
      List.of(
          "id",
          "title",
          "severity",
          "engines",
          "tags",
          "aliases",
          "hazards",
          "each",
          "when",
          "weigh",
          "options",
          "message",
          "why",
          "fix",
          "suggest",
          "preflight",
          "references",
          "examples");

  /** What a tag may be. */
  public static final List<String> TAGS =
      List.of(
          "lock",
          "rewrite",
          "data-loss",
          "compatibility",
          "data-dependent",
          "transaction",
          "correctness",
          "security",
          "performance",
          "naming",
          "history",
          "style");

  /** The engines a rule may be for. */
  public static final List<String> ENGINES = List.of("postgresql", "mysql", "mariadb", "sqlite");

  private static final List<String> REQUIRED =
      List.of(
          "id",
          "title",
          "severity",
          "engines",
          "tags",
          "each",
          "when",
          "message",
          "why",
          "fix",
          "examples");
  private static final List<String> RECIPE_KEYS = List.of("when", "text");
  private static final List<String> SUGGEST_KEYS =
      List.of("when", "replace", "then", "outside-transaction");
  private static final List<String> EXAMPLE_KEYS =
      List.of("name", "from", "history", "bad", "good", "equivalent", "preflight");

  /** The strings of a CEL expression, possessively: else each character takes a frame. */
  private static final Pattern STRINGS =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"");

  /** An expression whose lines a folded scalar joined, so that a comment swallows what follows. */
  private static final Pattern HIDDEN_REST = Pattern.compile("[^\n]*//[^\n]*");

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*+");
  private static final int TITLE_WORDS = 10;

  private final YamlNode.Mapping root;

  private RuleReader(YamlNode.Mapping root) {
    this.root = root;
  }

  /**
   * The rule in a file.
   *
   * @param file its path, whose name must be the rule's id
   * @throws PolicyException when a key is missing, unknown or has a value it cannot have
   */
  public static Rule read(String file, String text) {
    YamlNode.Mapping root = YamlReader.mapping(YamlReader.read(file, text), "a rule");
    YamlReader.onlyKeys(root, KEYS, "a rule");
    for (String key : REQUIRED) {
      if (!root.entries().containsKey(key)) {
        throw new PolicyException(root.mark(), "a rule needs the key `%s`".formatted(key));
      }
    }
    Rule rule = new RuleReader(root).rule();
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    if (!name.equals(rule.id() + ".yaml")) {
      throw new PolicyException(
          root.value("id").orElseThrow().mark(),
          "the id is `%s` and the file is named %s; they must agree".formatted(rule.id(), name));
    }
    return rule;
  }

  /** Where the value of a key of a rule file stands. */
  static YamlNode.Mark place(String file, String text, String key) {
    return new RuleReader(YamlReader.mapping(YamlReader.read(file, text), "a rule"))
        .value(key)
        .map(YamlNode::mark)
        .orElse(new YamlNode.Mark(file, 1, 1));
  }

  private Rule rule() {
    YamlNode id = value("id").orElseThrow();
    if (!ID.matcher(YamlReader.text(id, "id")).matches()) {
      throw new PolicyException(id.mark(), "an id is lower case words with hyphens between them");
    }
    YamlNode title = value("title").orElseThrow();
    String titleText = YamlReader.text(title, "title");
    if (titleText.endsWith(".") || titleText.split("\\s+").length >= TITLE_WORDS) {
      throw new PolicyException(title.mark(), "a title has under ten words and no full stop");
    }
    Rule rule =
        new Rule(
            YamlReader.text(id, "id"),
            titleText,
            YamlReader.oneOf(
                value("severity").orElseThrow(),
                "severity",
                List.of(Severity.values()),
                Severity::id),
            known("engines", ENGINES),
            known("tags", TAGS),
            texts("aliases"),
            texts("hazards"),
            YamlReader.oneOf(
                value("each").orElseThrow(),
                "each",
                List.copyOf(new TreeSet<>(Subjects.KINDS.keySet())),
                kind -> kind),
            condition(root),
            text("weigh"),
            options(),
            text("message"),
            text("why"),
            recipes(),
            suggestions(),
            text("preflight"),
            texts("references"),
            examples());
    if (Preset.isStyle(rule) && rule.severity() != Severity.OFF) {
      throw new PolicyException(
          value("severity").orElseThrow().mark(),
          "a rule about style is `off` until a user wants it");
    }
    return rule;
  }

  private Optional<YamlNode> value(String key) {
    return root.value(key);
  }

  private String text(String key) {
    return text(root, key);
  }

  private List<String> texts(String key) {
    return texts(root, key);
  }

  private List<String> known(String key, List<String> values) {
    YamlNode node = value(key).orElseThrow();
    List<YamlNode> items =
        node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
    return items.stream().map(item -> YamlReader.oneOf(item, key, values, v -> v)).toList();
  }

  private List<Rule.Suggestion> suggestions() {
    return value("suggest").stream()
        .flatMap(node -> YamlReader.items(node, "`suggest`").stream())
        .map(RuleReader::suggestion)
        .toList();
  }

  /** A text, or a list of what is said in one case alone. */
  private List<Rule.Recipe> recipes() {
    YamlNode fix = value("fix").orElseThrow();
    return fix instanceof YamlNode.Sequence cases
        ? cases.items().stream().map(RuleReader::recipe).toList()
        : List.of(new Rule.Recipe("", text("fix")));
  }

  private static Rule.Recipe recipe(YamlNode node) {
    YamlNode.Mapping recipe = YamlReader.mapping(node, "a case of `fix`");
    YamlReader.onlyKeys(recipe, RECIPE_KEYS, "a case of `fix`");
    if (text(recipe, "text").isEmpty()) {
      throw new PolicyException(recipe.mark(), "a case of `fix` needs the key `text`");
    }
    return new Rule.Recipe(condition(recipe), text(recipe, "text"));
  }

  private static Rule.Suggestion suggestion(YamlNode node) {
    YamlNode.Mapping suggest = YamlReader.mapping(node, "`suggest`");
    YamlReader.onlyKeys(suggest, SUGGEST_KEYS, "`suggest`");
    if (!suggest.entries().containsKey("replace")) {
      throw new PolicyException(suggest.mark(), "`suggest` needs the key `replace`");
    }
    return new Rule.Suggestion(
        condition(suggest),
        text(suggest, "replace"),
        text(suggest, "then"),
        suggest
            .value("outside-transaction")
            .map(outside -> YamlReader.bool(outside, "outside-transaction"))
            .orElse(false));
  }

  private static String condition(YamlNode.Mapping mapping) {
    mapping.value("when").ifPresent(RuleReader::requireAllOfIt);
    return text(mapping, "when");
  }

  /** Refuses a condition whose lines are one, so that a comment in it takes the rest away. */
  private static void requireAllOfIt(YamlNode when) {
    String bare = STRINGS.matcher(YamlReader.text(when, "when").strip()).replaceAll("''");
    if (HIDDEN_REST.matcher(bare).matches()) {
      throw new PolicyException(
          when.mark(),
          "a comment goes to the end of its line, and this expression is one line: begin it with"
              + " `|` instead of `>-`, so that its lines stay apart");
    }
  }

  private static String text(YamlNode.Mapping mapping, String key) {
    return mapping.value(key).map(node -> YamlReader.text(node, key).strip()).orElse("");
  }

  private Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    value("options")
        .ifPresent(
            node ->
                YamlReader.mapping(node, "`options`")
                    .entries()
                    .forEach((name, entry) -> options.put(name, optionValue(entry.value()))));
    return options;
  }

  /** A boolean, a whole number, a text or a list of texts, as it is written. */
  public static Object optionValue(YamlNode node) {
    return switch (node) {
      case YamlNode.Sequence sequence ->
          sequence.items().stream().map(item -> YamlReader.text(item, "an option")).toList();
      case YamlNode.Mapping mapping ->
          throw new PolicyException(
              mapping.mark(), "an option is a text, a number, true, false or a list of texts");
      case YamlNode.Scalar scalar -> {
        if (scalar.plain() && (scalar.value().equals("true") || scalar.value().equals("false"))) {
          yield Boolean.valueOf(scalar.value());
        }
        if (scalar.plain() && scalar.value().matches("-?\\d+")) {
          yield number(scalar);
        }
        yield scalar.value();
      }
    };
  }

  private static Long number(YamlNode.Scalar scalar) {
    try {
      return Long.valueOf(scalar.value());
    } catch (NumberFormatException e) {
      throw new PolicyException(
          scalar.mark(), "the number %s is too large".formatted(scalar.value()));
    }
  }

  private List<Rule.Example> examples() {
    List<Rule.Example> examples = new ArrayList<>();
    for (YamlNode item : YamlReader.items(value("examples").orElseThrow(), "`examples`")) {
      YamlNode.Mapping example = YamlReader.mapping(item, "an example");
      YamlReader.onlyKeys(example, EXAMPLE_KEYS, "an example");
      YamlNode name =
          example
              .value("name")
              .orElseThrow(
                  () -> new PolicyException(example.mark(), "an example needs the key `name`"));
      examples.add(
          new Rule.Example(
              YamlReader.text(name, "name"),
              texts(example, "history"),
              texts(example, "bad"),
              texts(example, "good"),
              example
                  .value("equivalent")
                  .map(node -> YamlReader.bool(node, "equivalent"))
                  .orElse(true),
              row(example, "bad"),
              row(example, "good"),
              example.value("from").map(node -> YamlReader.number(node, "from", 1)).orElse(0L)));
    }
    return examples;
  }

  /** The rows an example tries the preflight query on. */
  private static String row(YamlNode.Mapping example, String which) {
    String what = "`preflight` of an example";
    Optional<YamlNode.Mapping> rows =
        example.value("preflight").map(node -> YamlReader.mapping(node, what));
    rows.ifPresent(given -> YamlReader.onlyKeys(given, List.of("bad", "good"), what));
    return rows.map(given -> text(given, which)).orElse("");
  }

  private static List<String> texts(YamlNode.Mapping mapping, String key) {
    return mapping.value(key).map(node -> YamlReader.texts(node, key)).orElse(List.of());
  }
}
