package dev.drydock.history;

/** The SQL dialect a history is written in, as far as its path and text tell. */
public enum Dialect {
  POSTGRESQL,
  MYSQL,
  SQLITE,
  /** Written for a database Drydock has no engine for (ClickHouse, H2, SQL Server, Oracle). */
  OTHER
}
