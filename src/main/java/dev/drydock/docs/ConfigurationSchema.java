package dev.drydock.docs;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Layouts;
import dev.drydock.policy.Preset;
import dev.drydock.policy.Severity;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code .drydock.yml} may hold, for editors and for the documentation. */
public final class ConfigurationSchema {
  private ConfigurationSchema() {}

  @JsonClassDescription("The configuration of Drydock: .drydock.yml at the root of a repository.")
  private record File(
      @JsonProperty(value = "engine", defaultValue = "postgresql@17")
          @JsonPropertyDescription(
              "The database to run on: postgresql, or postgresql@ and the major version production has.")
          String engine,
      @JsonProperty(value = "fail-on", defaultValue = "error")
          @JsonPropertyDescription("A run fails when a finding is at least this severe.")
          String failOn,
      @JsonProperty("layout")
          @JsonPropertyDescription(
              "How the migrations are laid out. Recognised when it is not said.")
          Optional<String> layout,
      @JsonProperty("directories")
          @JsonPropertyDescription(
              "The only directories to look for migrations in. Everywhere when it is not said.")
          List<String> directories,
      @JsonProperty("before")
          @JsonPropertyDescription(
              "SQL files that run before the first migration: what production has and no migration makes, or another history does. A history does not run its own files twice.")
          List<String> before,
      @JsonProperty("stand-ins")
          @JsonPropertyDescription(
              "SQL files that take the place of migrations that are not SQL, or of applied ones that do not replay, by the path of those.")
          Map<String, String> standIns,
      @JsonProperty("placeholders")
          @JsonPropertyDescription(
              "Values for placeholders, by name: ${name}, or :name in the scripts of Sqitch and graphile-migrate.")
          Map<String, String> placeholders,
      @JsonProperty(value = "time-zone", defaultValue = "UTC")
          @JsonPropertyDescription(
              "Time zone of the migrating session. Whether timestamp to timestamptz rewrites a table depends on it.")
          String timeZone,
      @JsonProperty("limits") @JsonPropertyDescription("What a run may take.") Limits limits,
      @JsonProperty("table-sizes")
          @JsonPropertyDescription(
              "The sizes of production's tables, and which of them are small or large.")
          Sizes tableSizes,
      @JsonProperty("rules")
          @JsonPropertyDescription("Directories with rules of the repository's own.")
          List<String> rules,
      @JsonProperty(value = "preset", defaultValue = "recommended")
          @JsonPropertyDescription(
              "The severities of the rules that `severity` does not name: recommended; strict, which asks the rules a team has to want and makes information a warning; all, which asks those about style too.")
          String preset,
      @JsonProperty("severity")
          @JsonPropertyDescription("Severities of rules, by rule id; off is not to ask a rule.")
          Map<String, String> severity,
      @JsonProperty("options")
          @JsonPropertyDescription("Options of rules, by rule id and option name.")
          Map<String, Map<String, Object>> options) {}

  @JsonClassDescription("What a run may take.")
  private record Limits(
      @JsonProperty(value = "statement", defaultValue = "30s")
          @JsonPropertyDescription("Time for one new statement: a number and ms, s, min or h.")
          String statement,
      @JsonProperty(value = "run", defaultValue = "10min")
          @JsonPropertyDescription("Time for the replay of one history.")
          String run,
      @JsonProperty(value = "disk", defaultValue = "2GB")
          @JsonPropertyDescription("What the replay may take on disk: a number and KB, MB or GB.")
          String disk,
      @JsonProperty(value = "file", defaultValue = "20MB")
          @JsonPropertyDescription("Size above which a migration file is refused.")
          String file) {}

  @JsonClassDescription("The sizes of production's tables, and which of them are small or large.")
  private record Sizes(
      @JsonProperty(value = "file", defaultValue = ".drydock-sizes.json")
          @JsonPropertyDescription(
              "The file with the sizes, as the query of `drydock stats` prints it. One that is named has to be there.")
          String file,
      @JsonProperty("small")
          @JsonPropertyDescription(
              "A table is small when it has no more than this, neither of rows nor of bytes.")
          Small small,
      @JsonProperty("large")
          @JsonPropertyDescription(
              "A table is large when it has at least this, of rows or of bytes.")
          Large large) {}

  @JsonClassDescription("The most that a small table has.")
  private record Small(
      @JsonProperty(value = "rows", defaultValue = "10000")
          @JsonPropertyDescription("Rows that a small table has at most.")
          Long rows,
      @JsonProperty(value = "bytes", defaultValue = "10MB")
          @JsonPropertyDescription(
              "What a small table takes at most, its indexes included: a number and KB, MB or GB.")
          String bytes) {}

  @JsonClassDescription("The least that a large table has.")
  private record Large(
      @JsonProperty(value = "rows", defaultValue = "1000000")
          @JsonPropertyDescription("Rows from which on a table is large.")
          Long rows,
      @JsonProperty(value = "bytes", defaultValue = "1GB")
          @JsonPropertyDescription(
              "What a table takes, its indexes included, from which on it is large.")
          String bytes) {}

  /** The text of {@code docs/schemas/drydock.schema.json}. */
  public static String json() {
    return new RecordSchema(
            "Drydock configuration", File.class, RecordSchema.Required.MARKED, new ObjectMapper())
        .refine(File.class, "engine", s -> s.put("pattern", "^postgresql(@[0-9]{1,3})?$"))
        .refine(
            File.class,
            "failOn",
            s ->
                RecordSchema.oneOf(
                    s,
                    Stream.of(Severity.ERROR, Severity.WARNING, Severity.INFO).map(Severity::id)))
        .refine(
            File.class,
            "preset",
            s -> RecordSchema.oneOf(s, Stream.of(Preset.values()).map(Preset::id)))
        .refine(
            File.class,
            "layout",
            s -> RecordSchema.oneOf(s, Layouts.all().stream().map(Layout::id).sorted()))
        .refine(
            File.class,
            "severity",
            s ->
                RecordSchema.oneOf(
                    s.putObject("additionalProperties").put("type", "string"),
                    Stream.of(Severity.values()).map(Severity::id)))
        .refine(
            File.class, "options", s -> s.putObject("additionalProperties").put("type", "object"))
        .refine(Limits.class, "statement", ConfigurationSchema::duration)
        .refine(Limits.class, "run", ConfigurationSchema::duration)
        .refine(Limits.class, "disk", ConfigurationSchema::limitingSize)
        .refine(Limits.class, "file", ConfigurationSchema::limitingSize)
        .refine(Small.class, "rows", s -> s.put("minimum", 0))
        .refine(Small.class, "bytes", ConfigurationSchema::size)
        .refine(Large.class, "rows", s -> s.put("minimum", 0))
        .refine(Large.class, "bytes", ConfigurationSchema::size)
        .json();
  }

  private static void duration(ObjectNode schema) {
    schema.put("pattern", "^0*[1-9][0-9]* *(ms|s|min|h)$");
  }

  private static void limitingSize(ObjectNode schema) {
    schema.put("pattern", "^0*[1-9][0-9]* *(KB|MB|GB)$");
  }

  private static void size(ObjectNode schema) {
    schema.put("pattern", "^[0-9]+ *(KB|MB|GB)$");
  }

  /**
   * The keys of the file and of what is in them, with what each means; in the order of the file.
   */
  static Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    describe("", File.class, keys);
    describe("limits.", Limits.class, keys);
    describe("table-sizes.", Sizes.class, keys);
    describe("table-sizes.small.", Small.class, keys);
    describe("table-sizes.large.", Large.class, keys);
    return keys;
  }

  private static void describe(
      String prefix, Class<? extends Record> type, Map<String, String> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty name = annotation(component, type, JsonProperty.class);
      String standard =
          name.defaultValue().isEmpty() ? "" : " Default: `" + name.defaultValue() + "`.";
      keys.put(
          prefix + name.value(),
          annotation(component, type, JsonPropertyDescription.class).value() + standard);
    }
  }

  /** On a record component the annotation stands, by its own target, on the field. */
  private static <A extends Annotation> A annotation(
      RecordComponent component, Class<?> type, Class<A> annotation) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> field.getName().equals(component.getName()))
        .findFirst()
        .map(field -> field.getAnnotation(annotation))
        .orElseThrow();
  }
}
