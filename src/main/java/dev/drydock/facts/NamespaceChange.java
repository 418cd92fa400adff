package dev.drydock.facts;

/**
 * A schema that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param newName its name now; empty when it is gone
 * @param nameInProduction its name there; empty for one that the change makes
 * @param existedBefore whether production has it
 * @param stillServed whether, at the end of the change, a schema answers to the name it had before
 */
public record NamespaceChange(
    String event,
    String name,
    String newName,
    String nameInProduction,
    boolean existedBefore,
    boolean stillServed) {}
