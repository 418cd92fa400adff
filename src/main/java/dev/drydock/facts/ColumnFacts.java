package dev.drydock.facts;

/**
 * A column at one moment; all empty where there is none.
 *
 * @param name its name
 * @param type as the server prints it, e.g. {@code character varying(10)}
 * @param baseType the same without length, precision and scale; for a domain the type beneath it
 * @param typeKind {@code base}, {@code domain}, {@code enum}, {@code composite} or {@code range}
 * @param length length or precision, -1 when the type has none
 * @param scale scale, -1 when the type has none
 * @param notNull whether it refuses nulls
 * @param hasDefault whether a value is filled in when none is given, an identity included
 * @param defaultValue the expression of its default or generated value
 * @param identity {@code always}, {@code by default}, or empty
 * @param generated {@code stored}, {@code virtual}, or empty
 * @param collation where it differs from the type's
 * @param comment its comment
 * @param inherited whether it came down from a parent table and is not declared on its own
 */
public record ColumnFacts(
    String name,
    String type,
    String baseType,
    String typeKind,
    long length,
    long scale,
    boolean notNull,
    boolean hasDefault,
    String defaultValue,
    String identity,
    String generated,
    String collation,
    String comment,
    boolean inherited) {}
