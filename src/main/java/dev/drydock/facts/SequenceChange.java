package dev.drydock.facts;

import java.util.List;

/**
 * A sequence that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name qualified; the old name when it was renamed
 * @param existedBefore whether production has it
 * @param underNewName whether the change gave it another name before, its schema apart; not so for
 *     one that the change makes
 * @param ownerTable qualified name of the table whose column owns it; empty when none does
 * @param ownerColumn name of that column
 * @param withOwner whether it came or went with that column
 * @param stillServed whether, at the end of the change, a sequence answers to the name it has in
 *     production, or had before where production has none
 * @param lastBefore the number after which it had no more; 0 for one that begins again then
 * @param lastAtEnd the same at the end of the change
 * @param outgrown the columns production has that it numbers and that have room for more than it
 *     gives at the end of the change, each in words, e.g. {@code id of public.orders}, where it
 *     gave more before
 * @param incrementInProduction by how much it counts in production, or did before where production
 *     has it not; negative for one that counts down
 * @param incrementBefore by how much it counted before the statement
 * @param incrementAtEnd by how much it counts at the end of the change
 */
public record SequenceChange(
    String event,
    String name,
    boolean existedBefore,
    boolean underNewName,
    String ownerTable,
    String ownerColumn,
    boolean withOwner,
    boolean stillServed,
    long lastBefore,
    long lastAtEnd,
    List<String> outgrown,
    long incrementInProduction,
    long incrementBefore,
    long incrementAtEnd) {}
