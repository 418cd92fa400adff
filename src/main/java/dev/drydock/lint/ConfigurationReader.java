package dev.drydock.lint;

import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.history.layout.Layouts;
import dev.drydock.policy.OptionValue;
import dev.drydock.policy.Policy;
import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Preset;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.policy.RuleReader;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Weighing;
import dev.drydock.policy.YamlNode;
import dev.drydock.policy.YamlReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code .drydock.yml}, strictly. */
public final class ConfigurationReader {
  /** The keys, in the order the documentation has them. */
  public static final List<String> KEYS =
      List.of(
          "engine",
          "fail-on",
          "layout",
          "directories",
          "before",
          "stand-ins",
          "placeholders",
          "time-zone",
          "limits",
          "table-sizes",
          "rules",
          "preset",
          "severity",
          "options");

  private static final List<String> LIMITS = List.of("statement", "run", "disk", "file");
  private static final Pattern ENGINE = Pattern.compile("([a-z]+)(?:@(\\d{1,3}))?");

  private final YamlNode.Mapping root;

  private ConfigurationReader(YamlNode.Mapping root) {
    this.root = root;
  }

  /**
   * The configuration in a file.
   *
   * @param file its name, for messages
   * @throws PolicyException when a key or a value cannot be used
   */
  public static Configuration read(String file, String text) {
    YamlNode.Mapping root = YamlReader.mapping(YamlReader.read(file, text), "the configuration");
    YamlReader.onlyKeys(root, KEYS, "the configuration");
    return new ConfigurationReader(root).configuration();
  }

  /**
   * Refuses severities and options for rules or options that do not exist, and values that an
   * option cannot have.
   *
   * @throws PolicyException at the first
   */
  public static void checkRules(String file, String text, RulePack pack) {
    YamlNode.Mapping root = YamlReader.mapping(YamlReader.read(file, text), "the configuration");
    ConfigurationReader reader = new ConfigurationReader(root);
    reader.entries("severity").forEach((id, entry) -> rule(id, entry, pack));
    reader
        .entries("options")
        .forEach(
            (id, entry) ->
                checkOptions(
                    rule(id, entry, pack),
                    YamlReader.mapping(entry.value(), "the options of a rule")));
  }

  private static Rule rule(String id, YamlNode.Entry entry, RulePack pack) {
    return Optional.of(id)
        .filter(pack::contains)
        .flatMap(pack::find)
        .orElseThrow(() -> unknownRule(entry, id, pack));
  }

  /** What is in the mapping under a key; none where the key is not there. */
  private Map<String, YamlNode.Entry> entries(String key) {
    return root.value(key)
        .map(node -> YamlReader.mapping(node, "`" + key + "`").entries())
        .orElse(Map.of());
  }

  private static void checkOptions(Rule rule, YamlNode.Mapping options) {
    YamlReader.onlyKeys(
        options, rule.options().keySet().stream().sorted().toList(), "the rule " + rule.id());
    options.entries().forEach((name, entry) -> OptionValue.check(rule, name, entry.value()));
  }

  private static PolicyException unknownRule(YamlNode.Entry entry, String id, RulePack pack) {
    String close =
        pack.rules().stream()
            .map(Rule::id)
            .min(Comparator.comparingInt(other -> distance(other, id)))
            .orElse("");
    String hint =
        pack.find(id).map(rule -> rule.id() + " (which has it as an alias)").orElse(close);
    return new PolicyException(
        entry.key(),
        "there is no rule `%s`; did you mean %s? `drydock rules` lists them all"
            .formatted(id, hint));
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }

  private Configuration configuration() {
    Configuration standard = Configuration.standard();
    Optional<String> engine = standard.engine();
    OptionalInt major = OptionalInt.empty();
    if (has("engine")) {
      Matcher matcher = ENGINE.matcher(text("engine"));
      if (!matcher.matches() || !matcher.group(1).equals(Configuration.POSTGRESQL)) {
        throw bad("engine", "`postgresql`, or `postgresql@` and a major version");
      }
      engine = Optional.of(matcher.group(1));
      major = matcher.group(2) == null ? major : OptionalInt.of(Integer.parseInt(matcher.group(2)));
    }
    return new Configuration(
        engine,
        major,
        has("fail-on")
            ? YamlReader.oneOf(
                node("fail-on"),
                "fail-on",
                List.of(Severity.ERROR, Severity.WARNING, Severity.INFO),
                Severity::id)
            : standard.failOn(),
        has("layout")
            ? Optional.of(
                YamlReader.oneOf(node("layout"), "layout", Layouts.ids(), layout -> layout))
            : standard.layout(),
        paths("directories"),
        paths("before"),
        standIns(),
        placeholders(),
        timeZone(standard.timeZone()),
        limits(standard.limits()),
        sizes(standard.sizes()),
        paths("rules"),
        has("preset")
            ? YamlReader.oneOf(node("preset"), "preset", List.of(Preset.values()), Preset::id)
            : standard.preset(),
        choices());
  }

  private boolean has(String key) {
    return root.entries().containsKey(key);
  }

  private YamlNode node(String key) {
    return root.entries().get(key).value();
  }

  private String text(String key) {
    return YamlReader.text(node(key), key);
  }

  private PolicyException bad(String key, String expected) {
    return new PolicyException(
        node(key).mark(), "`%s` is %s, not `%s`".formatted(key, expected, text(key)));
  }

  private List<Path> paths(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<Path> paths = new ArrayList<>();
    for (String path : YamlReader.texts(node(key), key)) {
      paths.add(path(node(key), path));
    }
    return paths;
  }

  private static Path path(YamlNode node, String text) {
    try {
      Path path = Path.of(text).normalize();
      if (path.isAbsolute() || path.startsWith("..")) {
        throw new PolicyException(node.mark(), "`%s` leads out of the checkout".formatted(text));
      }
      return path;
    } catch (InvalidPathException e) {
      throw new PolicyException(node.mark(), "`%s` is not a path".formatted(text));
    }
  }

  private Map<Path, Path> standIns() {
    Map<Path, Path> standIns = new LinkedHashMap<>();
    entries("stand-ins")
        .forEach(
            (file, entry) ->
                standIns.put(
                    path(entry.value(), file),
                    path(entry.value(), YamlReader.text(entry.value(), file))));
    return standIns;
  }

  private Map<String, String> placeholders() {
    Map<String, String> placeholders = new LinkedHashMap<>();
    entries("placeholders")
        .forEach((name, entry) -> placeholders.put(name, YamlReader.text(entry.value(), name)));
    return placeholders;
  }

  private ZoneId timeZone(ZoneId standard) {
    if (!has("time-zone")) {
      return standard;
    }
    try {
      ZoneId zone = ZoneId.of(text("time-zone"));
      // The server takes no offset with seconds.
      if (!(zone.normalized() instanceof ZoneOffset offset) || offset.getTotalSeconds() % 60 == 0) {
        return zone;
      }
    } catch (DateTimeException e) {
      // As for one that is too exact.
    }
    throw bad(
        "time-zone",
        "the name of a time zone such as `UTC` or `Europe/Berlin`, or hours and minutes such as `+02:00`");
  }

  private Configuration.Limits limits(Configuration.Limits standard) {
    if (!has("limits")) {
      return standard;
    }
    YamlNode.Mapping limits = YamlReader.mapping(node("limits"), "`limits`");
    YamlReader.onlyKeys(limits, LIMITS, "`limits`");
    return new Configuration.Limits(
        limit(limits, "statement", Quantity::duration).orElse(standard.statement()),
        limit(limits, "run", Quantity::duration).orElse(standard.run()),
        limit(limits, "disk", ConfigurationReader::limitingSize).orElse(standard.disk()),
        limit(limits, "file", ConfigurationReader::limitingSize).orElse(standard.file()));
  }

  private static <T> Optional<T> limit(
      YamlNode.Mapping limits, String key, BiFunction<YamlNode, String, T> reader) {
    return limits.value(key).map(node -> reader.apply(node, key));
  }

  private static long limitingSize(YamlNode node, String key) {
    return Quantity.size(node, key, 1);
  }

  private Configuration.Sizes sizes(Configuration.Sizes standard) {
    if (!has("table-sizes")) {
      return standard;
    }
    YamlNode.Mapping sizes = YamlReader.mapping(node("table-sizes"), "`table-sizes`");
    YamlReader.onlyKeys(sizes, List.of("file", "small", "large"), "`table-sizes`");
    Optional<YamlNode> file = sizes.value("file");
    TableSizes.Size small = size(sizes, "small", standard.weighing().small());
    TableSizes.Size large = size(sizes, "large", standard.weighing().large());
    if (small.rows() >= large.rows() || small.bytes() >= large.bytes()) {
      throw new PolicyException(
          sizes.mark(),
          "`small` has to be below `large`, in rows (%d, %d) and in bytes (%d, %d)"
              .formatted(small.rows(), large.rows(), small.bytes(), large.bytes()));
    }
    return new Configuration.Sizes(
        file.map(node -> path(node, YamlReader.text(node, "file"))).orElse(standard.file()),
        file.isPresent(),
        new Weighing(small, large));
  }

  private static TableSizes.Size size(
      YamlNode.Mapping sizes, String key, TableSizes.Size standard) {
    if (sizes.value(key).isEmpty()) {
      return standard;
    }
    String what = "`%s`".formatted(key);
    YamlNode.Mapping size = YamlReader.mapping(sizes.value(key).get(), what);
    YamlReader.onlyKeys(size, List.of("rows", "bytes"), what);
    return new TableSizes.Size(
        size.value("rows").map(node -> YamlReader.number(node, "rows", 0)).orElse(standard.rows()),
        size.value("bytes").map(node -> Quantity.size(node, "bytes", 0)).orElse(standard.bytes()));
  }

  private Map<String, Policy.Choice> choices() {
    Map<String, Severity> severities = new LinkedHashMap<>();
    entries("severity")
        .forEach(
            (rule, entry) ->
                severities.put(
                    rule,
                    YamlReader.oneOf(
                        entry.value(), rule, List.of(Severity.values()), Severity::id)));
    Map<String, Map<String, Object>> options = new LinkedHashMap<>();
    entries("options")
        .forEach(
            (rule, entry) -> {
              Map<String, Object> values = new LinkedHashMap<>();
              YamlReader.mapping(entry.value(), "the options of a rule")
                  .entries()
                  .forEach(
                      (name, value) -> values.put(name, RuleReader.optionValue(value.value())));
              options.put(rule, values);
            });
    Map<String, Policy.Choice> choices = new LinkedHashMap<>();
    severities.forEach(
        (rule, severity) ->
            choices.put(
                rule,
                new Policy.Choice(Optional.of(severity), options.getOrDefault(rule, Map.of()))));
    options.forEach(
        (rule, values) -> choices.putIfAbsent(rule, new Policy.Choice(Optional.empty(), values)));
    return choices;
  }
}
