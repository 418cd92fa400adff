package dev.drydock.facts;

import java.util.List;

/**
 * A transaction of several statements.
 *
 * @param number counted over the whole run
 * @param statements its statements
 * @param locks the strongest lock it held on each table, view or sequence production has
 * @param exclusive names of the tables production has that it kept reads and writes from
 * @param referenced names of the tables production has that its new foreign keys point to
 */
public record TransactionFacts(
    long number,
    List<StatementFacts> statements,
    List<LockFacts> locks,
    List<String> exclusive,
    List<String> referenced) {}
