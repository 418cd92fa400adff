package dev.drydock.docs;

import dev.drydock.facts.EngineFacts;
import dev.drydock.facts.mapping.Subjects;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reference of what rules may ask about, taken from the records and from what their source says
 * of them.
 */
public final class FactsPage {
  private static final Pattern DOCUMENTATION =
      Pattern.compile("/\\*\\*(.*?)\\*/\\s*public record", Pattern.DOTALL);

  /** For what no rule of the pack asks about; a test type-checks them. */
  static final Map<String, String> FALLBACKS =
      Map.of(
          "policy", "policy.event == 'created' && policy.permissive && policy.using == 'true'",
          "grant", "grant.grantee == 'PUBLIC' && grant.given.size() > 0",
          "sequence",
              "sequence.event == 'dropped' && sequence.existedBefore && !sequence.withOwner",
          "routine", "routine.event == 'created' && routine.after.securityDefiner",
          "extension", "extension.event == 'created' && extension.name != 'pgcrypto'",
          "dependent", "dependent.broken && dependent.kind == 'trigger'",
          "numbering", "numbering.how == 'copied'",
          "deadlock", "deadlock.first.startsWith('billing.')",
          "state", "state.created && !state.table.constraints.exists(c, c.type == 'primary key')");

  private final Path sources;
  private final RulePack pack;

  /**
   * @param sources the directory with the source of the package {@code facts}
   * @param pack whose conditions serve as examples
   */
  public FactsPage(Path sources, RulePack pack) {
    this.sources = sources;
    this.pack = pack;
  }

  /** What the source says of a record and of each of its components. */
  private record Words(String itself, Map<String, String> components) {}

  /**
   * The text of {@code docs/facts.md}.
   *
   * @throws IOException when a source cannot be read
   */
  public String markdown() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # What a rule may ask about

            A rule says under `each` what it is asked about, and gets a variable of that name. Besides, `statement` and
            `migration` are there wherever there is one, `engine` always, and `options.NAME` for every option the rule
            declares. Expressions are [CEL](https://cel.dev), with its extensions for strings and lists. An absent thing is
            a record of empty values, never null: `column.before.name == ''` for a column that is new.

            ## `each`

            | each | variable | what it is |
            |---|---|---|
            """);
    Map<String, Class<?>> kinds = new TreeMap<>(Subjects.KINDS);
    Set<Class<?>> records = new LinkedHashSet<>();
    for (Map.Entry<String, Class<?>> kind : kinds.entrySet()) {
      page.append(
          "| `%s` | [`%s`](#%s) | %s |\n"
              .formatted(
                  kind.getKey(),
                  name(kind.getValue()),
                  name(kind.getValue()).toLowerCase(Locale.ROOT),
                  words(kind.getValue()).itself()));
      collect(kind.getValue(), records);
    }
    collect(EngineFacts.class, records);
    page.append("\n## Examples\n\n");
    for (String kind : kinds.keySet()) {
      page.append(
          example(kind)
              .map(
                  rule ->
                      "Each `%s`, from [`%s`](rules/%s.md):\n\n```cel\n%s\n```\n\n"
                          .formatted(kind, rule.id(), rule.id(), rule.when()))
              .orElseGet(
                  () -> "Each `%s`:\n\n```cel\n%s\n```\n\n".formatted(kind, FALLBACKS.get(kind))));
    }
    page.append("## Records\n\n");
    for (Class<?> type : records.stream().sorted(Comparator.comparing(FactsPage::name)).toList()) {
      record(page, type);
    }
    return page.toString().stripTrailing() + "\n";
  }

  /** The shortest condition is the clearest example. */
  private Optional<Rule> example(String kind) {
    return pack.rules().stream()
        .filter(rule -> rule.each().equals(kind) && rule.when().length() > "true".length())
        .min(Comparator.comparingInt(rule -> rule.when().length()));
  }

  private void record(StringBuilder page, Class<?> type) throws IOException {
    Words words = words(type);
    page.append(
        "### %s\n\n%s\n\n| field | type | meaning |\n|---|---|---|\n"
            .formatted(name(type), words.itself()));
    for (RecordComponent component : type.getRecordComponents()) {
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  component.getName(),
                  typeName(component),
                  words.components().get(component.getName()).replace("|", "\\|")));
    }
    page.append("\n");
  }

  private static String typeName(RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType list) {
      return "list of " + simple((Class<?>) list.getActualTypeArguments()[0]);
    }
    return simple(component.getType());
  }

  private static String simple(Class<?> type) {
    if (type == String.class) {
      return "string";
    }
    if (type == boolean.class) {
      return "bool";
    }
    if (type == long.class || type == Long.class) {
      return "int";
    }
    return "[%s](#%s)".formatted(name(type), name(type).toLowerCase(Locale.ROOT));
  }

  private static void collect(Class<?> type, Set<Class<?>> records) {
    if (!type.isRecord() || !records.add(type)) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      collect(component.getType(), records);
      if (component.getGenericType() instanceof ParameterizedType list) {
        collect((Class<?>) list.getActualTypeArguments()[0], records);
      }
    }
  }

  private static String name(Class<?> type) {
    return type.getSimpleName();
  }

  private Words words(Class<?> type) throws IOException {
    String source = Files.readString(sources.resolve(type.getSimpleName() + ".java"));
    Matcher documentation = DOCUMENTATION.matcher(source);
    if (!documentation.find()) {
      throw new IllegalStateException(type + " says nothing of itself");
    }
    List<String> lines =
        documentation
            .group(1)
            .lines()
            .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
            .toList();
    String text = String.join(" ", lines).strip();
    String[] pieces = text.split("\\s*@param\\s+");
    Map<String, String> components = new LinkedHashMap<>();
    for (int i = 1; i < pieces.length; i++) {
      String[] piece = pieces[i].split("\\s+", 2);
      components.put(piece[0], plain(piece[1]));
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (!components.containsKey(component.getName())) {
        throw new IllegalStateException(type + " does not say what " + component.getName() + " is");
      }
    }
    return new Words(plain(pieces[0]), components);
  }

  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\{@code\\s+([^}]*)\\}", "`$1`")
        .replaceAll("\\{@link\\s+[^}]*?(\\w+)\\}", "`$1`")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
