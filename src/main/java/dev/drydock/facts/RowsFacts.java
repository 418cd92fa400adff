package dev.drydock.facts;

/**
 * A table whose rows a statement changed, or would change if there were any.
 *
 * @param relation the table
 * @param inserted rows inserted in the replay, where tables are nearly empty
 * @param updated rows updated there
 * @param deleted rows deleted there
 * @param command tag of the command that did it
 */
public record RowsFacts(
    RelationFacts relation, long inserted, long updated, long deleted, String command) {}
