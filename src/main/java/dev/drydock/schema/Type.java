package dev.drydock.schema;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A type the user made.
 *
 * @param labels of an enum, in order; empty otherwise
 * @param baseType of a domain; empty otherwise
 * @param notNull whether a domain refuses nulls
 * @param defaultValue the expression of the default of a domain; empty when there is none
 * @param constraints of a domain, each as {@code name: definition}
 * @param attributes of a composite type, in order
 */
public record Type(
    String id,
    Name name,
    Kind kind,
    List<String> labels,
    String baseType,
    boolean notNull,
    String defaultValue,
    List<String> constraints,
    List<Attribute> attributes)
    implements SchemaObject {

  /** What sort of type it is. */
  public enum Kind {
    ENUM,
    DOMAIN,
    COMPOSITE,
    RANGE;

    /** Lower case, e.g. {@code enum}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A field of a composite type.
   *
   * @param number which stays its own when it is renamed
   * @param type as the server prints it
   */
  public record Attribute(int number, String name, String type) {
    public Attribute {
      Objects.requireNonNull(name);
      Objects.requireNonNull(type);
    }
  }

  public Type {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    labels = List.copyOf(labels);
    Objects.requireNonNull(baseType);
    Objects.requireNonNull(defaultValue);
    constraints = List.copyOf(constraints);
    attributes = List.copyOf(attributes);
  }
}
