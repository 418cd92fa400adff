package dev.drydock.engine.postgres.watch;

/** When the migrating session is asked what its statement did. */
enum Asking {
  IN_TRANSACTION,
  /** Before the transaction of the statement ends, and with the request to end it. */
  COMMITTING,
  /** After the statement ended its transactions itself. */
  AFTERWARDS
}
