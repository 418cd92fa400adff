package dev.drydock.facts;

import java.util.List;

/**
 * A column that a statement added, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param existedBefore whether production has it
 * @param table its table after the statement, or as it was when it is gone
 * @param before as it was
 * @param after as it is
 * @param withTable whether its whole table came or went with it
 * @param typeChanged whether its declared type is another one
 * @param narrowed whether the new type holds less than the old one: shorter, less precise, a
 *     smaller range; not so where the change has added the column and all its values are NULL
 * @param misfits what becomes of values that do not fit a narrower type: {@code refused}, {@code
 *     rounded}, {@code cut}
 * @param replaced whether its old values are lost because a USING expression does not read them: it
 *     names neither the column nor the table
 * @param castMayFail whether values of the old type may be refused by the new one: text to anything
 *     else, one enum to another, a domain that asks for something; not where a CASE in USING has a
 *     constant for each
 * @param demands what the new type, a domain, asks of each value and the old one did not: {@code
 *     NOT NULL}, {@code CHECK ((VALUE > 0))}
 * @param using the expression that makes its values of a new type, as it is written after USING;
 *     empty where there is none, and where the type is changed inside a block or function
 * @param rewritten whether the statement rewrote its table
 * @param lost names of the constraints and indexes of more than bookkeeping that went with it and
 *     that the statement does not drop by their names
 * @param successor the column that bears its old name at the end of the change, when that is
 *     another one
 * @param servedAtCommit whether another column bears its old name at the end of the transaction
 *     already
 * @param successorEmpty whether {@code successor} is a new column of the same table that nobody
 *     gives the old values: no later statement of the change updates rows of the table, and it is
 *     not generated
 * @param succeeding whether, at the end of the change, it bears the name of another column that
 *     production has in the table
 * @param inherited whether the statement did the same to a table it is a partition or child of
 * @param inProduction the column as production has it; empty for one the change adds
 * @param typeInProduction whether production has the type it has after the statement, under that
 *     name; a built-in one always
 * @param atEnd the column as it is at the end of the change; empty when it is gone by then
 * @param checkedAtEnd whether, at the end of the change, a check refuses nulls in it, and neither a
 *     default nor a trigger before the INSERT fills it
 * @param filledAtEnd whether, at the end of the change, a trigger before the INSERT may fill it
 * @param neverNullAtEnd whether, at the end of the change, it holds no null: it is NOT NULL, or a
 *     check that has been proved refuses nulls
 * @param backfilled whether a statement of the change updates rows of its table while the column is
 *     there
 * @param domainConstrained whether its type is a domain that refuses values, or nulls, itself or by
 *     the domain beneath it
 * @param domainDefault the expression of the default of its domain; empty where it has none
 * @param serial whether its default takes values from a sequence that belongs to it, as {@code
 *     serial} makes it
 * @param sequence qualified name of the sequence that its default takes values from at the end of
 *     the change; empty when none does
 * @param sequenceType the type of that sequence's values, e.g. {@code integer}
 * @param sequenceRefusedTo roles that may insert into the table at the end of the change and have
 *     no right to that sequence, though the migrations give every role what it needs for those that
 *     production has
 * @param lostLabels where one enum takes the place of another, the labels that production has in
 *     the one and that the other has not at the end of the change
 * @param sentBy of a new one, names of the publications that send every column of its table, in
 *     production and at the end of the change
 * @param lostGrants where another column of the table takes its name, rights on it alone that roles
 *     had in production and have not on that one, each in words, e.g. {@code SELECT (mail) of app}
 * @param typeStart where in the statement's text its type is written, in characters from 0; -1
 *     where it is not, as inside a function: {@code statement.text.substring(0, column.typeStart) +
 *     'jsonb' + statement.text.substring(column.typeEnd)}
 * @param typeEnd where the type ends; -1 where it is not written
 */
public record ColumnChange(
    String event,
    String name,
    boolean existedBefore,
    TableFacts table,
    ColumnFacts before,
    ColumnFacts after,
    boolean withTable,
    boolean typeChanged,
    boolean narrowed,
    List<String> misfits,
    boolean replaced,
    boolean castMayFail,
    List<String> demands,
    String using,
    boolean rewritten,
    List<String> lost,
    ColumnFacts successor,
    boolean servedAtCommit,
    boolean successorEmpty,
    boolean succeeding,
    boolean inherited,
    ColumnFacts inProduction,
    boolean typeInProduction,
    ColumnFacts atEnd,
    boolean checkedAtEnd,
    boolean filledAtEnd,
    boolean neverNullAtEnd,
    boolean backfilled,
    boolean domainConstrained,
    String domainDefault,
    boolean serial,
    String sequence,
    String sequenceType,
    List<String> sequenceRefusedTo,
    List<String> lostLabels,
    List<String> sentBy,
    List<String> lostGrants,
    long typeStart,
    long typeEnd) {}
