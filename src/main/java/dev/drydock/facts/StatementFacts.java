package dev.drydock.facts;

import java.util.List;

/**
 * One statement of a pending migration and what it was seen to do.
 *
 * @param command its leading keywords, spelled as a command tag: {@code CREATE INDEX}, {@code ALTER
 *     TABLE}, {@code DO}
 * @param commands tags of all commands it ran: its own first, then those inside a block or function
 * @param number position in its migration, from 1
 * @param outcome {@code succeeded}, {@code failed}, {@code stopped} (it passed a limit of the run)
 *     or {@code not-reached}
 * @param error why it did not succeed
 * @param inTransaction whether it ran in a transaction that may hold other statements too
 * @param transaction number of its transaction, counted over the whole run
 * @param concurrently whether CONCURRENTLY was asked for
 * @param ifExists whether it has IF EXISTS
 * @param ifNotExists whether it has IF NOT EXISTS
 * @param cascade whether it has CASCADE
 * @param notValid whether it has NOT VALID
 * @param restricted for UPDATE and DELETE, whether a WHERE clause leaves rows out
 * @param lockTimeoutMillis the session's lock_timeout when it ran, 0 for none
 * @param statementTimeoutMillis the session's statement_timeout when it ran, 0 for none
 * @param locks the locks it took, on relations of every kind
 * @param heldBefore the locks its transaction held before it
 * @param rewrites the relations it rewrote
 * @param scans the tables it read in full
 * @param rows the tables whose rows it changed
 * @param tables the tables and views it created, dropped, renamed or altered
 * @param columns the columns it created, dropped, renamed or altered
 * @param indexes the indexes it created, dropped, renamed or altered
 * @param constraints the constraints it created, dropped, renamed or altered
 */
public record StatementFacts(
    String command,
    List<String> commands,
    long number,
    String outcome,
    ErrorFacts error,
    boolean inTransaction,
    long transaction,
    boolean concurrently,
    boolean ifExists,
    boolean ifNotExists,
    boolean cascade,
    boolean notValid,
    boolean restricted,
    long lockTimeoutMillis,
    long statementTimeoutMillis,
    List<LockFacts> locks,
    List<LockFacts> heldBefore,
    List<RewriteFacts> rewrites,
    List<ScanFacts> scans,
    List<RowsFacts> rows,
    List<TableChange> tables,
    List<ColumnChange> columns,
    List<IndexChange> indexes,
    List<ConstraintChange> constraints) {}
