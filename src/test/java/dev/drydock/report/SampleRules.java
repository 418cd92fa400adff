package dev.drydock.report;

import dev.drydock.policy.Rule;
import dev.drydock.policy.Rule.Example;
import dev.drydock.policy.Severity;
import java.util.List;
import java.util.Map;

/** Rules with the texts of real ones. */
final class SampleRules {
  static final Rule BLOCKING_INDEX_BUILD =
      new Rule(
          "blocking-index-build",
          "Index build blocks writes",
          Severity.ERROR,
          List.of("postgresql"),
          List.of("lock"),
          List.of("squawk:require-concurrent-index-creation", "eugene:E6"),
          List.of("index-build"),
          "lock",
          "statement.command == 'CREATE INDEX' && lock.blocksWrites",
          "",
          Map.of(),
          "Building this index takes a {lock.mode} lock on {lock.relation.name}. Every INSERT,"
              + " UPDATE and DELETE on the table waits until the build ends.",
          """
          A plain `CREATE INDEX` reads the whole table while holding a lock that lets
          readers through but queues writers. On a small table nobody notices. On a
          large one the queue grows for as long as the build runs, and the
          application's connection pool is usually what breaks first.
          """,
          List.of(
              new Rule.Recipe(
                  "",
                  """
          Build the index with `CONCURRENTLY`, in a migration of its own. It takes
          longer, because it reads the table twice, but writers carry on. It cannot run
          inside a transaction, so tell your migration tool not to open one. A build
          that is cancelled leaves an `INVALID` index behind: drop it before you retry.
          """)),
          List.of(new Rule.Suggestion("", "create index concurrently", "", true)),
          "",
          List.of(
              "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"),
          List.of(
              new Example(
                  "index on a table that is already in use",
                  List.of("create table orders (id bigint primary key, customer_id bigint);\n"),
                  List.of(
                      """
                      -- FINDING: takes a SHARE lock on public.orders
                      create index orders_customer_id_idx on orders (customer_id);
                      """),
                  List.of(
                      "create index concurrently orders_customer_id_idx on orders"
                          + " (customer_id);\n"),
                  true),
              new Example(
                  "index on a table that the same migration creates",
                  List.of(),
                  List.of(),
                  List.of(
                      """
                      create table refunds (id bigint primary key, order_id bigint not null);
                      create index refunds_order_id_idx on refunds (order_id);
                      """),
                  true)));

  static final Rule TABLE_REWRITE =
      new Rule(
          "table-rewrite",
          "Statement rewrites a table that is in use",
          Severity.ERROR,
          List.of("postgresql"),
          List.of("lock", "rewrite"),
          List.of(),
          List.of(),
          "rewrite",
          "rewrite.relation.existedBefore",
          "",
          Map.of("exempt", List.of("audit"), "limit", 3L, "strict", true, "word", "wörd"),
          "{statement.command} copies every row of {rewrite.relation.name} into a new file while"
              + " holding {rewrite.lock.mode}. Until the copy ends, {rewrite.lock.blocks} wait.",
          """
          Some changes cannot be made to rows where they lie. PostgreSQL writes a
          second copy of the table and rebuilds all of its indexes before it lets
          anybody back in, so the wait grows with the table and not with the change.

          The SQL does not show which changes these are: widening `varchar(50)` to
          `varchar(100)` is free, `integer` to `bigint` is a rewrite. Drydock does not
          guess. It ran the statement and the server reported a rewrite.
          """,
          List.of(
              new Rule.Recipe(
                  "",
                  """
          Expand, backfill, contract. Add a second column, which is instant while it is
          nullable and its default is not volatile. Have the application write to both
          columns, fill the old rows in small batches, move reads over, and drop the
          old column in a later release.
          """)),
          List.of(),
          "",
          List.of(
              "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"),
          List.of(
              new Example(
                  "widening an integer column",
                  List.of("create table orders (id bigint primary key, quantity integer);\n"),
                  List.of(
                      """
                      -- FINDING: copies every row of public.orders
                      alter table orders alter column quantity type bigint;
                      """),
                  List.of(
                      """
                      set local lock_timeout = '2s';
                      alter table orders add column quantity_big bigint;
                      """),
                  false)));

  static final Rule BLOCKING_TABLE_SCAN =
      new Rule(
          "blocking-table-scan",
          "Constraint check scans a locked table",
          Severity.ERROR,
          List.of("postgresql"),
          List.of("lock", "data-dependent"),
          List.of("squawk:constraint-missing-not-valid"),
          List.of(),
          "scan",
          "scan.relation.existedBefore && scan.lock.blocksWrites",
          "",
          Map.of(),
          "{statement.command} checks every row of {scan.relation.name} while holding"
              + " {scan.lock.mode}. Until the check ends, {scan.lock.blocks} wait.",
          """
          `NOT NULL`, `CHECK` and `FOREIGN KEY` promise something about every row, so
          PostgreSQL reads the rows that are already there. When the promise and the
          proof are one statement, the proof runs under the strong lock that only the
          promise needs.
          """,
          List.of(
              new Rule.Recipe(
                  "",
                  """
          Make the promise first and prove it later.

          1. Add the constraint as `NOT VALID`. This is instant, and new rows are held
             to it from then on.
          2. In the next migration, `VALIDATE CONSTRAINT`. It reads the whole table,
             but under a lock that lets reads and writes through.
          3. For `NOT NULL`, set it last. PostgreSQL 12 and later accept a validated
             `CHECK (column IS NOT NULL)` as proof and skip the scan; then drop the
             check.
          """)),
          List.of(new Rule.Suggestion("", "not valid", "", false)),
          "select count(*) from {scan.relation.name}",
          List.of(
              "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-NOT-NULL"),
          List.of());

  static final Rule MIGRATION_FAILS =
      new Rule(
          "migration-fails",
          "Migration does not apply",
          Severity.ERROR,
          List.of("postgresql"),
          List.of("correctness"),
          List.of(),
          List.of(),
          "statement",
          "statement.outcome == 'failed'",
          "",
          Map.of(),
          "The server refuses this statement: {statement.error.message}.",
          "Every environment that has the same history will refuse it in the same way.\n",
          List.of(new Rule.Recipe("", "Correct the statement; what the server says is above.\n")),
          List.of(),
          "",
          List.of(),
          List.of());

  static final Rule EDITED_MIGRATION =
      new Rule(
          "edited-migration",
          "Applied migration was edited",
          Severity.WARNING,
          List.of("common"),
          List.of("history"),
          List.of(),
          List.of(),
          "history",
          "problem.kind == 'edited'",
          "",
          Map.of(),
          "{problem.file} was applied before this change and has been edited. No environment that"
              + " has run it will run it again.",
          "A migration tool runs each version once and, at best, compares a checksum later.\n",
          List.of(
              new Rule.Recipe("", "Restore the file, and put the change into a new migration.\n")),
          List.of(),
          "",
          List.of(),
          List.of());

  static final Rule NAMING =
      new Rule(
          "unprefixed-index",
          "Index name does not begin with its table",
          Severity.INFO,
          List.of("common"),
          List.of("naming"),
          List.of(),
          List.of(),
          "index",
          "!index.after.name.startsWith(table)",
          "",
          Map.of(),
          "The name of {index.after.name} does not begin with its table's.",
          "A name in an error message should say where to look.\n",
          List.of(new Rule.Recipe("", "Rename the index.\n")),
          List.of(),
          "",
          List.of(),
          List.of());

  private SampleRules() {}
}
