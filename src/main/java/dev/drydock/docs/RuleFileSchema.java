package dev.drydock.docs;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.facts.mapping.Subjects;
import dev.drydock.policy.RuleReader;
import dev.drydock.policy.Severity;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a rule file may hold, for editors. */
public final class RuleFileSchema {
  private RuleFileSchema() {}

  @JsonClassDescription("A rule of Drydock.")
  private record File(
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "The name of the file; names the bad thing, so that it reads as: allow ID.")
          String id,
      @JsonProperty(required = true)
          @JsonPropertyDescription("Under ten words, sentence case, no full stop.")
          String title,
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "How much a finding matters, unless a user says otherwise; off is opt-in.")
          String severity,
      @JsonProperty(required = true) @JsonPropertyDescription("The engines it is for.")
          List<String> engines,
      @JsonProperty(required = true) @JsonPropertyDescription("What it is about.")
          List<String> tags,
      @JsonProperty
          @JsonPropertyDescription("Ids of the same check in other tools, each as tool:id.")
          List<String> aliases,
      @JsonProperty @JsonPropertyDescription("Hazards of docs/hazards.md that it reports.")
          List<String> hazards,
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "What it is asked about, once for every one; docs/facts.md has them all.")
          String each,
      @JsonProperty(required = true) @JsonPropertyDescription("CEL; true means report.")
          String when,
      @JsonProperty
          @JsonPropertyDescription(
              "CEL: the relation or table, or the list of them, whose size in production the harm grows with.")
          String weigh,
      @JsonProperty
          @JsonPropertyDescription(
              "What a user may set, each with its default: a boolean, a whole number, a text or a list of texts.")
          Map<String, Object> options,
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "One or two sentences that name the object and the effect; {CEL} in braces.")
          String message,
      @JsonProperty(required = true) @JsonPropertyDescription("The mechanism, in Markdown.")
          String why,
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "What to do, in Markdown; a list where it depends on the case, of which a finding has those that are its own.")
          List<Recipe> fix,
      @JsonProperty
          @JsonPropertyDescription(
              "How the statement is rewritten; of a list, the first that is possible.")
          List<Suggestion> suggest,
      @JsonProperty
          @JsonPropertyDescription("A read-only query for production, with {CEL} in braces.")
          String preflight,
      @JsonProperty @JsonPropertyDescription("Where a sceptic checks.") List<String> references,
      @JsonProperty(required = true)
          @JsonPropertyDescription("SQL that is run on a real server as the rule's test.")
          List<Example> examples) {}

  @JsonClassDescription("What to do in one case.")
  private record Recipe(
      @JsonProperty
          @JsonPropertyDescription("CEL, true in that case. Every one when it is not said.")
          String when,
      @JsonProperty(required = true)
          @JsonPropertyDescription("Markdown that says for itself which case it is for.")
          String text) {}

  @JsonClassDescription("How the statement of a finding is rewritten.")
  private record Suggestion(
      @JsonProperty
          @JsonPropertyDescription(
              "CEL, true where the rewrite is possible. Everywhere when it is not said.")
          String when,
      @JsonProperty(required = true)
          @JsonPropertyDescription("What takes the place of the statement, with {CEL} in braces.")
          String replace,
      @JsonProperty
          @JsonPropertyDescription(
              "SQL of a later migration that goes with it, with {CEL} in braces.")
          String then,
      @JsonProperty(value = "outside-transaction", defaultValue = "false")
          @JsonPropertyDescription("Whether the replacement must not run in a transaction.")
          Boolean outsideTransaction) {}

  @JsonClassDescription("Rows that the preflight query is tried on.")
  private record Rows(
      @JsonProperty @JsonPropertyDescription("SQL of rows that it has to find.") String bad,
      @JsonProperty @JsonPropertyDescription("SQL of rows that it must not find.") String good) {}

  @JsonClassDescription("SQL that has to be reported, or must not be.")
  private record Example(
      @JsonProperty(required = true) @JsonPropertyDescription("What it shows.") String name,
      @JsonProperty
          @JsonPropertyDescription(
              "The first major version of the server that has what its SQL uses. Any when it is not said.")
          Long from,
      @JsonProperty @JsonPropertyDescription("What production has: one migration, or a list.")
          Object history,
      @JsonProperty
          @JsonPropertyDescription(
              "What has to be reported, with `-- FINDING: words` above each such statement.")
          Object bad,
      @JsonProperty @JsonPropertyDescription("What must be clean.") Object good,
      @JsonProperty(defaultValue = "true")
          @JsonPropertyDescription("Whether bad and good end in the same schema.")
          Boolean equivalent,
      @JsonProperty
          @JsonPropertyDescription(
              "Rows that the preflight query is tried on, over what production has.")
          Rows preflight) {}

  /** The text of {@code docs/schemas/rule.schema.json}. */
  public static String json() {
    return new RecordSchema(
            "Drydock rule", File.class, RecordSchema.Required.MARKED, new ObjectMapper())
        .spell(Object.class, RuleFileSchema::anything)
        .refine(File.class, "id", s -> s.put("pattern", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))
        .refine(
            File.class,
            "severity",
            s -> RecordSchema.oneOf(s, Arrays.stream(Severity.values()).map(Severity::id)))
        .refine(File.class, "engines", s -> items(s, RuleReader.ENGINES))
        .refine(File.class, "tags", s -> items(s, RuleReader.TAGS))
        .refine(
            File.class,
            "each",
            s -> RecordSchema.oneOf(s, Subjects.KINDS.keySet().stream().sorted()))
        .refine(File.class, "options", s -> s.putObject("additionalProperties"))
        .refine(File.class, "fix", RuleFileSchema::textOrCases)
        .refine(Example.class, "history", RuleFileSchema::scripts)
        .refine(Example.class, "bad", RuleFileSchema::scripts)
        .refine(Example.class, "good", RuleFileSchema::scripts)
        .json();
  }

  private static void anything(ObjectNode schema) {
    schema.removeAll();
  }

  private static void items(ObjectNode schema, Collection<String> values) {
    RecordSchema.oneOf(schema.putObject("items").put("type", "string"), values.stream());
  }

  private static void textOrCases(ObjectNode schema) {
    ObjectNode cases = schema.objectNode();
    cases.set("type", schema.remove("type"));
    cases.set("items", schema.remove("items"));
    ArrayNode either = schema.putArray("anyOf");
    either.addObject().put("type", "string");
    either.add(cases);
  }

  private static void scripts(ObjectNode schema) {
    ArrayNode either = schema.putArray("anyOf");
    either.addObject().put("type", "string");
    either.addObject().put("type", "array").putObject("items").put("type", "string");
  }
}
