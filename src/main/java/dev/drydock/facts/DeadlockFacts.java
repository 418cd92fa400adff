package dev.drydock.facts;

/**
 * Two migrations of the change that lock the same tables in opposite order.
 *
 * @param first qualified name of the table the earlier migration locks first
 * @param second qualified name of the table it locks after that
 * @param earlier file of the migration that locks first then second
 * @param later file of the migration that locks second then first
 * @param count how many pairs of tables the later migration locks in the opposite order
 */
public record DeadlockFacts(
    String first, String second, String earlier, String later, long count) {}
