package dev.drydock.facts;

/**
 * A constraint that a statement added, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param table its table after the statement, or as it was when it is gone
 * @param referenced the table a foreign key points to
 * @param lock the strongest lock the statement took on its table
 * @param before as it was
 * @param after as it is
 * @param withTable whether its whole table came or went with it
 * @param withColumn whether a column of it went with it
 * @param indexBuilt whether an index was built for it, and not handed over with USING INDEX
 * @param scanned whether the statement read all rows of its table
 */
public record ConstraintChange(
    String event,
    String name,
    TableFacts table,
    TableFacts referenced,
    LockFacts lock,
    ConstraintFacts before,
    ConstraintFacts after,
    boolean withTable,
    boolean withColumn,
    boolean indexBuilt,
    boolean scanned) {}
