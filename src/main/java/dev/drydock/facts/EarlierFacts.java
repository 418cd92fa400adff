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
 * @param changed the commands other than INSERT by which one of them changed rows and the names of
 *     their tables, as {@code UPDATE public.orders} or, when its conditions leave one row at most,
 *     {@code UPDATE one row of public.orders}, sorted
 * @param emptied names of the tables that the same transaction took every row from before, and put
 *     none in since, sorted
 * @param truncated names of the tables whose rows went with their file, by TRUNCATE in the same
 *     transaction before, and that have at most rows since that are written out in an INSERT: to
 *     read or rewrite such a table takes no time, while deleted rows still lie in theirs; sorted
 * @param unchecked names of the tables with deferred checks of foreign keys to come, if a row was
 *     there for a data change that the same transaction made before; sorted
 * @param refusals the errors for which statements were left out, without the values that they are
 *     about, sorted
 * @param clearedAway what one of them named to be dropped IF EXISTS, each as {@code constraint
 *     orders_total}, {@code type state}, {@code policy own}, sorted
 * @param alteredAgain names of the tables that stand in {@code alteredEarlier} of one of them,
 *     sorted
 */
public record EarlierFacts(
    List<Long> lockTimeoutsMillis,
    List<Long> statementTimeoutsMillis,
    List<String> referenced,
    List<String> filled,
    List<String> changed,
    List<String> emptied,
    List<String> truncated,
    List<String> unchecked,
    List<String> refusals,
    List<String> clearedAway,
    List<String> alteredAgain) {}
