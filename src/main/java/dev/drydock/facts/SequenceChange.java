package dev.drydock.facts;

/**
 * A sequence that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name qualified; the old name when it was renamed
 * @param existedBefore whether production has it
 * @param ownerTable qualified name of the table whose column owns it; empty when none does
 * @param ownerColumn name of that column
 * @param withOwner whether it came or went with that column
 */
public record SequenceChange(
    String event,
    String name,
    boolean existedBefore,
    String ownerTable,
    String ownerColumn,
    boolean withOwner) {}
