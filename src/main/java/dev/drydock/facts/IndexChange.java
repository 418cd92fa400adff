package dev.drydock.facts;

import java.util.List;

/**
 * An index that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name qualified; the old name when it was renamed
 * @param nameInProduction qualified name it has there; empty for one that the change makes
 * @param existedBefore whether production has it
 * @param table its table after the statement, or as it was when it is gone
 * @param tableGone whether its table is gone at the end of the change
 * @param lock the strongest lock held on its table
 * @param before as it was
 * @param after as it is
 * @param withTable whether its whole table came or went with it
 * @param withConstraint whether its constraint came or went with it
 * @param withColumn whether a column of it went with it
 * @param columnGone whether a column of it that was there is gone at the end of its transaction
 * @param built whether rows were read to build it; not so for one made ON ONLY a partitioned table
 * @param supersedes names of the indexes production has that are superfluous beside it at the end
 *     of the change: it serves all that they serve, and they do not serve all that it does
 * @param replacement name of an index that this change makes after dropping it and that serves
 *     queries which it served: one on the same leading column, or of the same name on an
 *     expression, that leaves no rows out which it had; empty when none
 * @param uniqueBefore whether production has an index on some or all of its columns, and no others,
 *     that keeps duplicates out of all its rows
 * @param uniqueAtEnd whether, at the end of the change, an index on some or all of its columns, and
 *     no others, keeps duplicates out of all its rows; so too when the table is gone
 * @param otherKeys of a dropped one, names of the unique indexes that, at the end of the change,
 *     are on some or all of its columns, and no others, those included that are of expressions or
 *     leave rows out, or that are new and on all of its columns and one more, or more under its
 *     name
 * @param covering names of the other indexes that, at the end of the change, serve all that it
 *     serves; of two that serve the same, only the one made first covers the other
 * @param gap whether queries run without it and {@code replacement} for a while: the two are not in
 *     one transaction
 * @param identityLost whether it was the replica identity of its table, which has none at the end
 *     of the change
 * @param named whether the statement gives it a name; otherwise the server made one up
 * @param validAtEnd whether it is there and valid at the end of the change
 * @param inProduction whether production has the table and the columns it is on, under the names
 *     and of the types they have here
 * @param oneValue whether the rows that production has are all alike in its key when it is made:
 *     the change adds each of its columns with one value for all rows, or sets it to a constant by
 *     an UPDATE of all, and writes nothing else there in between
 * @param keyInProduction its key in the words of production, names of columns or expressions; empty
 *     where production lacks a column of it or has it of another type, and where an expression or
 *     the condition of the index has a column under another name, or names a function or type that
 *     production lacks
 * @param heldBefore those of its columns, included ones among them, that a btree of production
 *     holds of all rows already
 * @param missedKeys names of the foreign keys production has that it begins with and does not
 *     serve, because it leaves rows out, where at the end of the change no other index serves them;
 *     of a dropped index those that it served and that none serves at the end
 */
public record IndexChange(
    String event,
    String name,
    String nameInProduction,
    boolean existedBefore,
    TableFacts table,
    boolean tableGone,
    LockFacts lock,
    IndexFacts before,
    IndexFacts after,
    boolean withTable,
    boolean withConstraint,
    boolean withColumn,
    boolean columnGone,
    boolean built,
    List<String> supersedes,
    String replacement,
    boolean uniqueBefore,
    boolean uniqueAtEnd,
    List<String> otherKeys,
    List<String> covering,
    boolean gap,
    boolean identityLost,
    boolean named,
    boolean validAtEnd,
    boolean inProduction,
    boolean oneValue,
    List<String> keyInProduction,
    List<String> heldBefore,
    List<String> missedKeys) {}
