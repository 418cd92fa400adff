package dev.drydock.facts;

import java.util.List;

/**
 * The first statement of a transaction that works through rows while the transaction keeps reads
 * and writes from a table production has.
 *
 * @param command tag of the statement
 * @param number position of the statement in its migration, from 1
 * @param count how many statements of the transaction do
 * @param mode the strongest mode held meanwhile
 * @param tables names of the tables that are kept closed
 */
public record WorkFacts(
    String command, long number, long count, String mode, List<String> tables) {}
