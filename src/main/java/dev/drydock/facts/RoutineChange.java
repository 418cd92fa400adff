package dev.drydock.facts;

/**
 * A function or procedure that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name qualified; the old name when it was renamed
 * @param existedBefore whether production has it
 * @param before as it was
 * @param after as it is
 * @param stillServed whether, at the end of the change, a function of that name exists
 */
public record RoutineChange(
    String event,
    String name,
    boolean existedBefore,
    RoutineFacts before,
    RoutineFacts after,
    boolean stillServed) {}
