package dev.drydock.facts;

/**
 * A lock that a statement took on a relation.
 *
 * @param relation what is locked
 * @param mode e.g. {@code ACCESS EXCLUSIVE}; empty where no lock is meant
 * @param blocksReads whether a plain SELECT waits for it
 * @param blocksWrites whether INSERT, UPDATE and DELETE wait for it
 * @param blocks who waits, in words: {@code reads and writes}, {@code writes}, {@code schema
 *     changes}, {@code nobody}; for a materialized view {@code refreshes} in the place of writes
 * @param command tag of the command that took it: the statement's, or the one inside a block or
 *     function
 * @param inherited whether it came down from a table above that the transaction locks no less: that
 *     of a partition, when the statement was about the table it is a partition of
 */
public record LockFacts(
    RelationFacts relation,
    String mode,
    boolean blocksReads,
    boolean blocksWrites,
    String blocks,
    String command,
    boolean inherited) {}
