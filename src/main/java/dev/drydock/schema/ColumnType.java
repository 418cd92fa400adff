package dev.drydock.schema;

import java.util.Objects;

/**
 * The declared type of a column.
 *
 * @param text as the engine prints it, e.g. {@code character varying(10)}
 * @param base the same without length, precision and scale, e.g. {@code character varying}; for a
 *     domain the type beneath it
 * @param kind {@code base}, {@code domain}, {@code enum}, {@code composite}, {@code range}
 * @param typeId id of the {@link Type} when the user made it; empty for a built-in type
 * @param length the first number in parentheses (length or precision), or -1; of a domain as well
 *     that of the type beneath it
 * @param scale the second one, or -1
 */
public record ColumnType(
    String text, String base, String kind, String typeId, int length, int scale) {
  public ColumnType {
    Objects.requireNonNull(text);
    Objects.requireNonNull(base);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(typeId);
  }
}
