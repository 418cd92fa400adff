package dev.drydock.docs;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The JSON Schema (draft 2020-12) of documents that Jackson reads into, or writes from, a tree of
 * records.
 *
 * <p>Descriptions are those of {@link JsonClassDescription} and {@link JsonPropertyDescription},
 * names and defaults those of {@link JsonProperty}. What Java's types do not say, such as a
 * smallest number, is added with {@link #refine}.
 */
public final class RecordSchema {
  /** Which members a document has to have. */
  public enum Required {
    /**
     * All but those of type {@link Optional} and those that {@link JsonInclude} leaves out: a
     * document that a program writes.
     */
    ALL_BUT_OPTIONAL,
    /** Those marked {@code @JsonProperty(required = true)}: a document that a person writes. */
    MARKED
  }

  private final String title;
  private final Class<? extends Record> root;
  private final Required required;
  private final ObjectMapper mapper;
  private final Map<String, Consumer<ObjectNode>> refinements = new HashMap<>();
  private final Map<Class<?>, ObjectNode> spelled = new HashMap<>();
  private final Map<String, Class<?>> names = new HashMap<>();
  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  /**
   * @param mapper spells the constants of enums
   */
  public RecordSchema(
      String title, Class<? extends Record> root, Required required, ObjectMapper mapper) {
    this.title = Objects.requireNonNull(title);
    this.root = Objects.requireNonNull(root);
    this.required = Objects.requireNonNull(required);
    this.mapper = Objects.requireNonNull(mapper);
  }

  /**
   * Adds keywords to the schema of one component.
   *
   * @throws IllegalArgumentException when the record has no such component
   */
  public RecordSchema refine(
      Class<? extends Record> owner, String component, Consumer<ObjectNode> change) {
    for (RecordComponent candidate : owner.getRecordComponents()) {
      if (candidate.getName().equals(component)) {
        refinements.merge(key(candidate), change, Consumer::andThen);
        return this;
      }
    }
    throw new IllegalArgumentException(
        "%s has no component %s".formatted(owner.getSimpleName(), component));
  }

  /** Gives a type that is not a record, an enum or one of Java's own the schema {@code schema}. */
  public RecordSchema spell(Class<?> type, Consumer<ObjectNode> schema) {
    ObjectNode node = node();
    schema.accept(node);
    spelled.put(type, node);
    return this;
  }

  /** Adds to {@code schema} that it has one of {@code values}. */
  static void oneOf(ObjectNode schema, Stream<String> values) {
    values.forEach(schema.putArray("enum")::add);
  }

  /** The schema, two blanks a level, with a line break at the end. */
  public String json() {
    definitions.clear();
    names.clear();
    ObjectNode schema = node();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.setAll(object(root));
    if (!definitions.isEmpty()) {
      schema.putObject("$defs").setAll(definitions);
    }
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    try {
      return mapper
              .writer(
                  new DefaultPrettyPrinter(
                          Separators.createDefaultInstance()
                              .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                              .withObjectEmptySeparator("")
                              .withArrayEmptySeparator(""))
                      .withObjectIndenter(indenter)
                      .withArrayIndenter(indenter))
              .writeValueAsString(schema)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode object(Class<?> type) {
    ObjectNode schema = node();
    JsonClassDescription described = type.getAnnotation(JsonClassDescription.class);
    if (described != null) {
      schema.put("description", described.value());
    }
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode obligatory = JsonNodeFactory.instance.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component);
      properties.set(name, property(component));
      if (isRequired(component)) {
        obligatory.add(name);
      }
    }
    if (!obligatory.isEmpty()) {
      schema.set("required", obligatory);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private ObjectNode property(RecordComponent component) {
    JsonPropertyDescription described =
        component.getAccessor().getAnnotation(JsonPropertyDescription.class);
    if (described == null) {
      throw new IllegalStateException(
          "%s has no description; put @JsonPropertyDescription on it".formatted(key(component)));
    }
    ObjectNode schema = node();
    schema.put("description", described.value());
    schema.setAll(schemaOf(component.getGenericType()));
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    if (property != null && !property.defaultValue().isEmpty()) {
      schema.set("default", defaultValue(property.defaultValue(), component.getType()));
    }
    refinements.getOrDefault(key(component), unused -> {}).accept(schema);
    return schema;
  }

  private boolean isRequired(RecordComponent component) {
    return switch (required) {
      case ALL_BUT_OPTIONAL ->
          component.getType() != Optional.class
              && !component.getAccessor().isAnnotationPresent(JsonInclude.class);
      case MARKED -> {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        yield property != null && property.required();
      }
    };
  }

  private ObjectNode schemaOf(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == Optional.class) {
        return schemaOf(arguments[0]);
      }
      if (raw == Map.class && arguments[0] == String.class) {
        ObjectNode schema = typed("object");
        schema.set("additionalProperties", schemaOf(arguments[1]));
        return schema;
      }
      if (Collection.class.isAssignableFrom(raw)) {
        ObjectNode schema = typed("array");
        schema.set("items", schemaOf(arguments[0]));
        if (raw == Set.class) {
          schema.put("uniqueItems", true);
        }
        return schema;
      }
    }
    if (type instanceof Class<?> plain) {
      return schemaOf(plain);
    }
    throw new IllegalStateException("no schema for " + type);
  }

  private ObjectNode schemaOf(Class<?> type) {
    ObjectNode own = spelled.get(type);
    if (own != null) {
      return own.deepCopy();
    }
    if (type == String.class) {
      return typed("string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return typed("boolean");
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return typed("integer");
    }
    if (type == double.class || type == Double.class) {
      return typed("number");
    }
    if (type == Object.class) {
      return node();
    }
    if (type.isEnum()) {
      return enumeration(type);
    }
    if (type.isRecord()) {
      return reference(type);
    }
    if (type.isSealed()) {
      ObjectNode schema = node();
      ArrayNode alternatives = schema.putArray("anyOf");
      for (Class<?> alternative : type.getPermittedSubclasses()) {
        alternatives.add(schemaOf(alternative));
      }
      return schema;
    }
    throw new IllegalStateException("no schema for " + type.getName() + "; say one with spell()");
  }

  private ObjectNode enumeration(Class<?> type) {
    ObjectNode schema = typed("string");
    ArrayNode constants = schema.putArray("enum");
    for (Object constant : type.getEnumConstants()) {
      JsonNode spelling = mapper.valueToTree(constant);
      constants.add(spelling);
    }
    return schema;
  }

  private ObjectNode reference(Class<?> type) {
    String name = type.getSimpleName();
    Class<?> before = names.putIfAbsent(name, type);
    if (before != null && before != type) {
      throw new IllegalStateException(
          "two records are called %s: %s and %s".formatted(name, before.getName(), type.getName()));
    }
    if (before == null) {
      definitions.put(name, object(type));
    }
    ObjectNode schema = node();
    schema.put("$ref", "#/$defs/" + name);
    return schema;
  }

  private JsonNode defaultValue(String text, Class<?> type) {
    if (type == String.class || type.isEnum()) {
      return JsonNodeFactory.instance.textNode(text);
    }
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the default %s is not JSON".formatted(text), e);
    }
  }

  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null || property.value().isEmpty() ? component.getName() : property.value();
  }

  private static String key(RecordComponent component) {
    return component.getDeclaringRecord().getName() + "." + component.getName();
  }

  private static ObjectNode typed(String type) {
    ObjectNode schema = node();
    schema.put("type", type);
    return schema;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
