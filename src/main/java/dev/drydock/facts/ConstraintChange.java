package dev.drydock.facts;

import java.util.List;

/**
 * A constraint that a statement added, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param existedBefore whether production has it
 * @param table its table after the statement, or as it was when it is gone
 * @param referenced the table a foreign key points to
 * @param lock the strongest lock held on its table
 * @param referencedLock the strongest lock held on the table it points to
 * @param before as it was
 * @param after as it is
 * @param withTable whether its whole table came or went with it
 * @param withColumn whether a column of it went with it
 * @param indexBuilt whether an index was built for it, and not handed over with USING INDEX; on a
 *     partitioned table, whether the rows of a partition were read for that
 * @param scanned whether the statement read all rows of its table
 * @param types types of its columns
 * @param referencedTypes types of the columns it points to
 * @param validates whether the statement proves it with VALIDATE CONSTRAINT
 * @param indexed whether, at the end of the change, an index begins with one of its columns
 * @param named whether the statement gives it a name; otherwise the server made one up
 * @param atEnd whether it is there at the end of the change
 * @param newInTransaction whether the transaction it changed in created it
 * @param mismatched for a foreign key, its columns that are at the end of the change of another
 *     type than the column they point to, each in words; texts count as one type; one of production
 *     that comes to this by another type of a column is {@code altered}
 * @param kept whether, at the end of the change, something else on the table promises what it
 *     promised: a constraint of its name, another primary key, a constraint of its type or a unique
 *     index on the same columns, a NOT NULL that a check repeated, the bound of the partition that
 *     the table is, a foreign key to another table when the one it pointed to is gone; so too when
 *     the table itself is gone, or, but for a primary key, all its columns are, of a foreign key
 *     one
 * @param uniqueAtEnd whether, at the end of the change, a key, a constraint or an index on some or
 *     all of its columns, and no others, keeps duplicates out; so too when the table or one of the
 *     columns is gone
 * @param matchedAtEnd whether, at the end of the change, a unique index that leaves no row out is
 *     on its columns and no others, so that an ON CONFLICT of them finds one; so too when the table
 *     or one of the columns is gone
 * @param inProduction whether production can be asked whether its rows keep it: it has the table
 *     and the columns, and for a foreign key those it points to, under whichever names, of the
 *     types they have here; for a check the columns under the names they have here, and the
 *     functions and types that it names
 * @param columnsInProduction the names its columns have in production; empty where {@code
 *     inProduction} is not so
 * @param referencedColumnsInProduction the names that the columns it points to have in production;
 *     empty where {@code inProduction} is not so
 * @param unfilled whether one of its columns is new and holds nothing but nulls when the change is
 *     over: it never has a default, and no statement of the change writes rows of the table
 * @param formerName of one that is added, the name of the one of its type that production has on
 *     the same columns, of a foreign key to the same table, and that is gone at the end of the
 *     change; empty where there is none
 * @param formerDeferrable whether that one could be put off to the end of the transaction
 * @param formerOnDelete for a foreign key that is added, what the one does when a row is deleted
 *     that production has on the same columns to the same table and that is gone at the end of the
 *     change; empty where there is none
 * @param formerOnUpdate the same of when the key changes that it points to
 * @param twin for a foreign key that is added and there at the end of the change, another one of
 *     the same columns to the same ones that was there before it and is there then too
 */
public record ConstraintChange(
    String event,
    String name,
    boolean existedBefore,
    TableFacts table,
    TableFacts referenced,
    LockFacts lock,
    LockFacts referencedLock,
    ConstraintFacts before,
    ConstraintFacts after,
    boolean withTable,
    boolean withColumn,
    boolean indexBuilt,
    boolean scanned,
    List<String> types,
    List<String> referencedTypes,
    boolean validates,
    boolean indexed,
    boolean named,
    boolean atEnd,
    boolean newInTransaction,
    List<String> mismatched,
    boolean kept,
    boolean uniqueAtEnd,
    boolean matchedAtEnd,
    boolean inProduction,
    List<String> columnsInProduction,
    List<String> referencedColumnsInProduction,
    boolean unfilled,
    String formerName,
    boolean formerDeferrable,
    String formerOnDelete,
    String formerOnUpdate,
    ConstraintFacts twin) {}
