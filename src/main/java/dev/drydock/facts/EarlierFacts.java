package dev.drydock.facts;

import java.util.List;

/**
 * What the statements of a migration did before one of them.
 *
 * @param lockTimeoutsMillis each lock_timeout under which one of them blocked writes to a table of
 *     production, 0 for none, ascending
 * @param statementTimeoutsMillis the same for statement_timeout
 * @param referenced names of the tables of production that foreign keys of other tables point to
 *     which the same transaction made before, sorted
 * @param filled names of the tables that one of them added rows to by INSERT, sorted
 * @param emptied names of the tables from which one of them removed all rows in the same
 *     transaction, where none has added rows since, sorted
 * @param alteredAgain names of the tables that stand in {@code alteredEarlier} of one of them,
 *     sorted
 */
public record EarlierFacts(
    List<Long> lockTimeoutsMillis,
    List<Long> statementTimeoutsMillis,
    List<String> referenced,
    List<String> filled,
    List<String> emptied,
    List<String> alteredAgain) {}
