package dev.drydock.facts;

import java.util.List;

/**
 * One statement of a pending migration and what it was seen to do.
 *
 * @param command its leading keywords, spelled as a command tag: {@code CREATE INDEX}, {@code ALTER
 *     TABLE}, {@code DO}
 * @param commands tags of all commands it ran: its own first, then those inside a block or function
 * @param actions the sub-commands of an ALTER TABLE by their keywords, e.g. {@code ADD COLUMN},
 *     {@code DISABLE TRIGGER}
 * @param names the names of relations it mentions, without schema and as the server folds them
 * @param number position in its migration, from 1
 * @param outcome {@code succeeded}, {@code failed}, {@code refused} (it was left out and the ones
 *     after it ran: it needs rights that a pending migration is not given, or rows that only
 *     production may have, or it must not be in a transaction), {@code stopped} (it passed a limit
 *     of the run) or {@code not-reached}
 * @param error why it did not succeed
 * @param notices what the server said besides
 * @param transactionControl what it does to the transaction, as far as its first words tell: {@code
 *     begin}, {@code commit}, {@code rollback}, {@code chain} (it ends one and begins the next),
 *     {@code prepare}, {@code savepoint} (ROLLBACK TO too: the transaction goes on), or empty
 * @param inTransaction whether it ran in a transaction that may hold other statements too
 * @param transaction number of its transaction, counted over the whole run
 * @param concurrently whether CONCURRENTLY was asked for
 * @param ifExists whether it has IF EXISTS
 * @param ifNotExists whether it has IF NOT EXISTS
 * @param cascade whether it, or a DROP inside a block or function, has CASCADE
 * @param notValid whether it has NOT VALID
 * @param usingIndex whether it has USING INDEX
 * @param usingExpression whether it changes a type with a USING expression
 * @param restricted for UPDATE and DELETE, whether a WHERE clause leaves rows out; for MERGE,
 *     whether its conditions do
 * @param writtenOut for INSERT, whether its rows all stand in it, as VALUES without a query; for
 *     DO, whether its block writes no rows but by such INSERTs, each of them once
 * @param qualified whether every relation it creates, alters or drops is named with its schema
 * @param lockTimeoutMillis the session's lock_timeout when it ran, 0 for none
 * @param statementTimeoutMillis the session's statement_timeout when it ran, 0 for none
 * @param idleTimeoutMillis the session's idle_in_transaction_session_timeout when it ran, 0 for
 *     none
 * @param applicationName the session's application_name when it ran; empty when nobody set it
 * @param locks the locks it took, on relations of every kind except those its transaction made
 * @param heldBefore the locks its transaction held before it on relations that existed before
 * @param rewrites the relations it rewrote
 * @param scans the tables it read in full
 * @param rows the tables whose rows it changed
 * @param tables the tables it created, dropped, renamed or altered
 * @param views the views and materialized views it created, dropped, renamed or altered
 * @param routines the functions and procedures it created, dropped, renamed or altered
 * @param columns the columns it created, dropped, renamed or altered
 * @param indexes the indexes it created, dropped, renamed or altered
 * @param constraints the constraints it created, dropped, renamed or altered
 * @param cascaded what CASCADE dropped of production besides what was named, each in words, e.g.
 *     {@code view public.totals}, {@code default of column id of public.orders}
 * @param alteredEarlier the tables it alters that an ALTER TABLE before it altered too, where one
 *     statement could have done both: nothing in between used the table or ended a transaction,
 *     neither renames, moves, attaches, detaches or validates, and the later one drops nothing,
 *     switches nothing back and alters no column that is new; empty as well where nobody waits for
 *     its lock, and where the transaction has the lock already, unless both write or check all rows
 * @param rowError how the server refused it while a generated row stood in a table; it went through
 *     without, so all empty for most
 * @param grants the rights it gave and took
 * @param parameter name of the setting that a SET or {@code set_config} changes, in lower case;
 *     empty for other statements
 * @param parameterValue what it sets it to, without quotes
 * @param earlier what the statements before it in its migration did
 * @param keptSearches where it changes what a text search configuration or dictionary makes of
 *     words, the indexes and stored generated columns of production that were computed with that
 *     and stay as they were to the end of the change, in words
 * @param namesLast whether the columns, indexes and constraints that it made or altered are there
 *     at the end of the change, under the names that they and their tables have after it
 * @param abandoned whether its transaction was still open at the end of the migration, so that it
 *     was undone
 * @param text its text, without the terminator
 */
public record StatementFacts(
    String command,
    List<String> commands,
    List<String> actions,
    List<String> names,
    long number,
    String outcome,
    ErrorFacts error,
    List<NoticeFacts> notices,
    String transactionControl,
    boolean inTransaction,
    long transaction,
    boolean concurrently,
    boolean ifExists,
    boolean ifNotExists,
    boolean cascade,
    boolean notValid,
    boolean usingIndex,
    boolean usingExpression,
    boolean restricted,
    boolean writtenOut,
    boolean qualified,
    long lockTimeoutMillis,
    long statementTimeoutMillis,
    long idleTimeoutMillis,
    String applicationName,
    List<LockFacts> locks,
    List<LockFacts> heldBefore,
    List<RewriteFacts> rewrites,
    List<ScanFacts> scans,
    List<RowsFacts> rows,
    List<TableChange> tables,
    List<TableChange> views,
    List<RoutineChange> routines,
    List<ColumnChange> columns,
    List<IndexChange> indexes,
    List<ConstraintChange> constraints,
    List<String> cascaded,
    List<String> alteredEarlier,
    RowErrorFacts rowError,
    List<GrantChange> grants,
    String parameter,
    String parameterValue,
    EarlierFacts earlier,
    List<String> keptSearches,
    boolean namesLast,
    boolean abandoned,
    String text) {}
