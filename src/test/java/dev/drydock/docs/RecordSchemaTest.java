package dev.drydock.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  enum Colour {
    RED,
    @JsonProperty("dark-blue")
    DARK_BLUE
  }

  sealed interface Shape {
    record Circle(@JsonPropertyDescription("Its radius.") double radius) implements Shape {}

    record Square(@JsonPropertyDescription("Its side.") long side) implements Shape {}
  }

  record Settings(
      @JsonPropertyDescription("How loud.") @JsonProperty(defaultValue = "3") int volume,
      @JsonPropertyDescription("What is painted.") @JsonProperty(required = true) Colour colour,
      @JsonPropertyDescription("What it is called.") @JsonProperty(value = "fail-on") String failOn,
      @JsonPropertyDescription("Perhaps.") Optional<String> note,
      @JsonPropertyDescription("No two alike.") Set<Boolean> flags,
      @JsonPropertyDescription("By name.") Map<String, List<Shape>> shapes,
      @JsonPropertyDescription("Anything.") Object anything) {}

  record Undescribed(int number) {}

  record Odd(@JsonPropertyDescription("A thread.") Thread thread) {}

  @Test
  void typesBecomeKeywords() throws Exception {
    JsonNode properties = schema(RecordSchema.Required.MARKED).get("properties");

    assertThat(properties.get("volume"))
        .isEqualTo(json("{'description':'How loud.','type':'integer','default':3}"));
    assertThat(properties.get("colour").get("enum")).isEqualTo(json("['RED','dark-blue']"));
    assertThat(properties.get("note").get("type").asText()).isEqualTo("string");
    assertThat(properties.get("flags"))
        .isEqualTo(
            json(
                "{'description':'No two alike.','type':'array','items':{'type':'boolean'},"
                    + "'uniqueItems':true}"));
    assertThat(properties.get("shapes").at("/additionalProperties/items/anyOf"))
        .isEqualTo(json("[{'$ref':'#/$defs/Circle'},{'$ref':'#/$defs/Square'}]"));
    assertThat(properties.get("anything")).isEqualTo(json("{'description':'Anything.'}"));
    assertThat(properties.has("fail-on")).isTrue();
  }

  @Test
  void unknownMembersAreRefusedEverywhere() throws Exception {
    JsonNode schema = schema(RecordSchema.Required.MARKED);

    assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
    assertThat(schema.at("/$defs/Circle/additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void aPersonHasToWriteWhatIsMarkedAndAProgramEverythingButOptionals() throws Exception {
    assertThat(schema(RecordSchema.Required.MARKED).get("required")).isEqualTo(json("['colour']"));
    assertThat(schema(RecordSchema.Required.ALL_BUT_OPTIONAL).get("required"))
        .isEqualTo(json("['volume','colour','fail-on','flags','shapes','anything']"));
  }

  @Test
  void aMemberWithoutADescriptionIsRefused() {
    assertThatThrownBy(
            () ->
                new RecordSchema("t", Undescribed.class, RecordSchema.Required.MARKED, MAPPER)
                    .json())
        .hasMessageEndingWith(
            "Undescribed.number has no description; put @JsonPropertyDescription on it");
  }

  @Test
  void aTypeThatHasNoSpellingIsRefusedUntilItIsGivenOne() throws Exception {
    RecordSchema schema = new RecordSchema("t", Odd.class, RecordSchema.Required.MARKED, MAPPER);

    assertThatThrownBy(schema::json)
        .hasMessage("no schema for java.lang.Thread; say one with spell()");

    schema.spell(Thread.class, node -> node.put("type", "string"));
    assertThat(MAPPER.readTree(schema.json()).at("/properties/thread/type").asText())
        .isEqualTo("string");
  }

  @Test
  void aRefinementOfNothingIsRefused() {
    assertThatThrownBy(
            () ->
                new RecordSchema("t", Settings.class, RecordSchema.Required.MARKED, MAPPER)
                    .refine(Settings.class, "loudness", node -> {}))
        .hasMessage("Settings has no component loudness");
  }

  private static JsonNode schema(RecordSchema.Required required) throws Exception {
    return MAPPER.readTree(new RecordSchema("t", Settings.class, required, MAPPER).json());
  }

  private static JsonNode json(String text) throws Exception {
    return MAPPER.readTree(text.replace('\'', '"'));
  }
}
