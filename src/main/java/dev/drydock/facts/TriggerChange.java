package dev.drydock.facts;

/**
 * A trigger that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param existedBefore whether production has it
 * @param table its table after the statement, or as it was when it is gone
 * @param lock the strongest lock held on its table
 * @param enabledBefore whether it was switched on
 * @param enabledAfter whether it is switched on
 * @param enabledAtCommit whether it is switched on at the end of the transaction
 * @param enabledAtEnd whether it is switched on at the end of the change
 * @param definition as the server prints it
 * @param withTable whether its whole table came or went with it
 * @param thereAtEnd whether it is there at the end of the change, switched on or not
 */
public record TriggerChange(
    String event,
    String name,
    boolean existedBefore,
    TableFacts table,
    LockFacts lock,
    boolean enabledBefore,
    boolean enabledAfter,
    boolean enabledAtCommit,
    boolean enabledAtEnd,
    String definition,
    boolean withTable,
    boolean thereAtEnd) {}
