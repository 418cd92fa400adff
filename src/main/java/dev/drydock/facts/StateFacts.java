package dev.drydock.facts;

import java.util.List;

/**
 * A table that the change created or altered, as it is in the end.
 *
 * @param table the table
 * @param created whether the change made it
 * @param added names of the columns the change added to it
 * @param unindexed names of its foreign keys that no index begins with a column of
 * @param duplicates names of its indexes that another one makes superfluous
 * @param addedIndexes names of the indexes the change added to it, those of constraints not among
 *     them
 * @param addedConstraints names of the constraints the change added to it
 * @param padding bytes of a row that another order of its columns would save
 */
public record StateFacts(
    TableFacts table,
    boolean created,
    List<String> added,
    List<String> unindexed,
    List<String> duplicates,
    List<String> addedIndexes,
    List<String> addedConstraints,
    long padding) {}
