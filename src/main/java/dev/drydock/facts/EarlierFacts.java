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
 * @param inserted names of the tables of production that they added rows to with INSERT, sorted
 */
public record EarlierFacts(
    List<Long> lockTimeoutsMillis,
    List<Long> statementTimeoutsMillis,
    List<String> referenced,
    List<String> inserted) {}
