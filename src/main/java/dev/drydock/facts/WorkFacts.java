package dev.drydock.facts;

import java.util.List;

/**
 * The first statement of a transaction that works through rows while the transaction keeps reads
 * and writes, or by a trigger or foreign key that it made only writes, from a table production has;
 * of a block or function the first command that does so under a lock that the block took.
 *
 * @param command tag of the statement, or of the command inside a block; the block's own where its
 *     text does not show the command
 * @param number position of the statement in its migration, from 1
 * @param count how many statements of the transaction, or commands of the block, do
 * @param mode the strongest mode held meanwhile
 * @param blocks who waits meanwhile, in words: {@code reads and writes}, {@code reads and
 *     refreshes} or {@code writes}
 * @param tables names of the tables that are kept closed
 */
public record WorkFacts(
    String command, long number, long count, String mode, String blocks, List<String> tables) {}
