package dev.drydock.facts;

import java.util.List;

/**
 * A type that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name qualified; the old name when it was renamed
 * @param existedBefore whether production has it
 * @param before as it was
 * @param after as it is
 * @param inProduction as production has it; empty for one the change makes
 * @param atEnd as it is at the end of the change; empty when it is gone by then
 * @param added labels that are new
 * @param removed labels that are gone, as those that were renamed are
 * @param lostAttributes names by which production knows attributes that the statement renamed or
 *     dropped, and that none has at the end of the change
 * @param renamedAttributes those of them that were renamed
 * @param addedAttributes names of attributes of a type production has that the statement added, and
 *     that are there at the end of the change; only where a column or a function of production has
 *     the type
 * @param lostConstraints of a domain that columns of tables have, names of the constraints of
 *     production that the statement dropped, where at the end of the change none has the name and
 *     none demands the same
 * @param placed whether the statement says with BEFORE or AFTER where a new label belongs
 * @param stillServed whether, at the end of the change, a type answers to the name it has in
 *     production, or had before where production has none
 */
public record TypeChange(
    String event,
    String name,
    boolean existedBefore,
    TypeFacts before,
    TypeFacts after,
    TypeFacts inProduction,
    TypeFacts atEnd,
    List<String> added,
    List<String> removed,
    List<String> lostAttributes,
    List<String> renamedAttributes,
    List<String> addedAttributes,
    List<String> lostConstraints,
    boolean placed,
    boolean stillServed) {}
