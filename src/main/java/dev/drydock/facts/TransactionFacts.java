package dev.drydock.facts;

import java.util.List;

/**
 * A transaction of several statements, or of a block or function whose commands closed several
 * tables one after the other.
 *
 * @param number counted over the whole run
 * @param statements its statements
 * @param locks the strongest lock it held on each table, view or sequence production has
 * @param exclusive names of the tables production has that it kept reads and writes from, in the
 *     order in which it closed them
 * @param commands for a block or function, how many commands in it closed those tables, 0 otherwise
 * @param referenced names of the tables production has that its new foreign keys point to
 */
public record TransactionFacts(
    long number,
    List<StatementFacts> statements,
    List<LockFacts> locks,
    List<String> exclusive,
    long commands,
    List<String> referenced) {}
