package dev.drydock.replay;

import java.util.Locale;

/** Why all rows of a table were read. */
public enum ScanReason {
  /** To build an index. */
  INDEX_BUILD,
  /** To check a constraint, a NOT NULL or a partition bound against the rows that are there. */
  VALIDATION,
  /** By a query or a data change of the migration. */
  QUERY;

  /** Lower case with hyphens, as rules spell it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
