package dev.drydock.facts;

/**
 * A column that a statement added, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param table its table after the statement, or as it was when it is gone
 * @param before as it was
 * @param after as it is
 * @param withTable whether its whole table came or went with it
 * @param typeChanged whether its declared type is another one
 * @param narrowed whether the new type holds less than the old one: shorter, less precise, a
 *     smaller range
 * @param rewritten whether the statement rewrote its table
 * @param stillServed whether, at the end of the change, its table has a column of the name it had
 *     before
 */
public record ColumnChange(
    String event,
    String name,
    TableFacts table,
    ColumnFacts before,
    ColumnFacts after,
    boolean withTable,
    boolean typeChanged,
    boolean narrowed,
    boolean rewritten,
    boolean stillServed) {}
