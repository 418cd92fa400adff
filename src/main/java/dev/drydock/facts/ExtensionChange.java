package dev.drydock.facts;

/**
 * An extension that a statement installed, removed or updated.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name
 * @param existedBefore whether production has it
 * @param versionBefore empty when it was not there
 * @param versionAfter empty when it is gone
 */
public record ExtensionChange(
    String event, String name, boolean existedBefore, String versionBefore, String versionAfter) {}
