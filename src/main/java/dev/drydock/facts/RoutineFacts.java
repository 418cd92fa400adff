package dev.drydock.facts;

import java.util.List;

/**
 * A function or procedure at one moment; all empty where there is none.
 *
 * @param name qualified
 * @param kind {@code function}, {@code procedure}, {@code aggregate} or {@code window}
 * @param arguments their types
 * @param result what it returns, e.g. {@code trigger}; empty for a procedure
 * @param language e.g. {@code plpgsql}
 * @param volatility {@code immutable}, {@code stable} or {@code volatile}
 * @param securityDefiner whether it runs with the rights of its owner
 * @param configuration what it sets while it runs, each as {@code name=value}
 */
public record RoutineFacts(
    String name,
    String kind,
    String arguments,
    String result,
    String language,
    String volatility,
    boolean securityDefiner,
    List<String> configuration) {}
