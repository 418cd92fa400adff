package dev.drydock.sql;

/** What a statement does to the transaction it is sent in, as far as its first words tell. */
public enum TransactionControl {
  /** Nothing. */
  NONE,
  /** {@code BEGIN}, {@code START TRANSACTION}. */
  BEGIN,
  /** {@code COMMIT}, {@code END}. */
  COMMIT,
  /** {@code ROLLBACK}, {@code ABORT}. */
  ROLLBACK,
  /** {@code COMMIT AND CHAIN}, {@code ROLLBACK AND CHAIN}: it ends one and begins the next. */
  CHAIN,
  /** {@code PREPARE TRANSACTION}: the session leaves it, and its locks stay. */
  PREPARE,
  /** {@code SAVEPOINT}, {@code RELEASE}, {@code ROLLBACK TO}: the transaction goes on. */
  SAVEPOINT;

  /** Whether the session's transaction is over afterwards. */
  public boolean ends() {
    return this == COMMIT || this == ROLLBACK || this == CHAIN || this == PREPARE;
  }

  static TransactionControl of(LeadingKeywords keywords) {
    return switch (keywords.command()) {
      case "BEGIN", "START TRANSACTION" -> BEGIN;
      case "SAVEPOINT", "RELEASE" -> SAVEPOINT;
      case "PREPARE TRANSACTION" -> PREPARE;
      case "COMMIT" -> chains(keywords) ? CHAIN : COMMIT;
      case "ROLLBACK" -> {
        if (keywords.words().contains("TO")) {
          yield SAVEPOINT;
        }
        yield chains(keywords) ? CHAIN : ROLLBACK;
      }
      default -> NONE;
    };
  }

  private static boolean chains(LeadingKeywords keywords) {
    return keywords.words().contains("CHAIN") && !keywords.words().contains("NO");
  }
}
