package dev.drydock.facts;

import java.util.List;

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
 * @param fires when it fires, in words: {@code BEFORE INSERT OR UPDATE FOR EACH ROW}
 * @param function qualified name of the function it calls
 * @param returns what the RETURN statements of that function say at the end of the change, in lower
 *     case, e.g. {@code new}; empty where it is not PL/pgSQL, where it may raise an error instead
 *     or put another row in the place of NEW or OLD, and where it returns null and writes rows
 *     itself
 * @param unlike how the trigger of its name that production has on the table differs from it:
 *     {@code fires}, {@code function}, both, or nothing
 * @param firedBefore when that one fires, in words; empty where production has none of its name
 * @param functionBefore qualified name of the function that one calls; empty where there is none
 * @param kept of one that is gone, whether at the end of the change something else may do what it
 *     did: another trigger of its table that calls the same function, one that the change made for
 *     one of the same writes, a new constraint; or what its function works on is gone too, or
 *     filled in by the server: the table, or another table or a column that the function names
 * @param withTable whether its whole table came or went with it
 * @param thereAtEnd whether it is there at the end of the change, switched on or not
 * @param functionReplaced whether nothing about it is another but what its function does, which the
 *     statement wrote anew
 * @param formerReturns where that is so, what the RETURN statements of the function said before
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
    String fires,
    String function,
    List<String> returns,
    List<String> unlike,
    String firedBefore,
    String functionBefore,
    boolean kept,
    boolean withTable,
    boolean thereAtEnd,
    boolean functionReplaced,
    List<String> formerReturns) {}
