package dev.drydock.facts;

/**
 * A relation whose rows or entries were written to a new file.
 *
 * @param relation the table, materialized view or index; where all its partitions or children are
 *     rewritten together with it, the table above them, once for all
 * @param lock the strongest lock held on it meanwhile
 * @param reason {@code column type}, {@code default}, {@code persistence}, {@code access method},
 *     {@code tablespace}, {@code truncate}, {@code cluster}, {@code vacuum full}, {@code refresh},
 *     {@code reindex}, or empty
 * @param command tag of the command that did it
 * @param cascaded whether a TRUNCATE does not name it, and CASCADE came to it by a foreign key
 */
public record RewriteFacts(
    RelationFacts relation, LockFacts lock, String reason, String command, boolean cascaded) {}
