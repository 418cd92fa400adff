package dev.drydock.history;

/**
 * Who opens a transaction around the statements of a migration: the tool that applies it decides.
 */
public enum Transaction {
  /**
   * The tool sends BEGIN before the first statement and COMMIT after the last (Flyway, goose, sqlx,
   * diesel); one that runs all that is new {@linkplain History#together() together} does so once
   * (Drizzle, node-pg-migrate).
   */
  PER_MIGRATION,
  /**
   * The tool sends the file as one simple query, so the server itself puts more than one statement
   * into a transaction, which a BEGIN or COMMIT in the file divides (golang-migrate, Prisma).
   */
  IMPLICIT,
  /**
   * The same, but what the server refuses in a transaction is sent by itself between what comes
   * before and after it (the Supabase CLI from 2.109 on).
   */
  DIVIDED,
  /**
   * Each statement commits by itself, unless the file opens a transaction (plain files, goose NO
   * TRANSACTION).
   */
  NONE
}
