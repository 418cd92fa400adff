package dev.drydock.facts;

import java.util.List;

/**
 * A type the user made, at one moment; all empty where there is none.
 *
 * @param name qualified
 * @param kind {@code enum}, {@code domain}, {@code composite} or {@code range}
 * @param labels of an enum, in order
 * @param baseType of a domain
 * @param notNull whether a domain refuses nulls
 * @param constraints of a domain, each as {@code name: definition}
 * @param attributes names of those of a composite type, in order
 */
public record TypeFacts(
    String name,
    String kind,
    List<String> labels,
    String baseType,
    boolean notNull,
    List<String> constraints,
    List<String> attributes) {}
