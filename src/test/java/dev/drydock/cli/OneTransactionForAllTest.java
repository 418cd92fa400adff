package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a tool runs all that is new in one transaction, another migration is no way out of it. */
class OneTransactionForAllTest extends InDirectory {
  private static final String FIRST = "drizzle/0000_shop.sql";
  private static final String SECOND = "drizzle/0001_second.sql";
  private static final String THIRD = "drizzle/0002_third.sql";

  @BeforeEach
  void aProjectOfDrizzle() {
    write(FIRST, SHOP);
    write(
        "drizzle/meta/_journal.json",
        """
        {"dialect": "postgresql", "entries": [
          {"idx": 0, "when": 1000, "tag": "0000_shop"},
          {"idx": 1, "when": 2000, "tag": "0001_second"},
          {"idx": 2, "when": 3000, "tag": "0002_third"}]}
        """);
  }

  @Test
  void aValueAddedInOneFileCannotBeUsedInTheNext() {
    write(FIRST, "create type state as enum ('open'); create table orders (id bigint, s state);");
    write(SECOND, "alter type state add value 'paid';\n");
    write(THIRD, "insert into orders values (1, 'paid');\n");

    assertThat(lint().out())
        .contains("error[enum-value-in-transaction]")
        .contains("deploy the migration that adds the")
        .doesNotContain("Add the value in a migration of its own");
  }

  @Test
  void aLockIsHeldThroughTheFilesThatFollow() {
    write(SECOND, "alter table orders add column state text;\n");
    write(THIRD, "update orders set state = 'open' where id < 9;\n");

    assertThat(lint().out())
        .contains("warning[work-under-exclusive-lock]: UPDATE works through rows")
        .contains("--> " + THIRD)
        .contains("deploy the change that locks and")
        .doesNotContain("take two files");
  }

  @Test
  void tablesThatSeveralFilesCloseAreClosedTogether() {
    write(FIRST, SHOP + "create table customers (id bigint primary key);\n");
    write(SECOND, "alter table orders add column state text;\n");
    write(THIRD, "alter table customers add column state text;\n");

    assertThat(lint().out().replaceAll("\\s+", " "))
        .contains(
            "[wide-lock-window]: The transaction takes ACCESS EXCLUSIVE on public.orders,"
                + " public.customers one after the other")
        .contains("so deploy one table after the other")
        .containsOnlyOnce("[wide-lock-window]");
  }

  @Test
  void aConstraintIsValidatedInTheTransactionThatAddedIt() {
    write(SECOND, "alter table orders add constraint c check (id > 0) not valid;\n");
    write(THIRD, "alter table orders validate constraint c;\n");

    assertThat(lint().out())
        .contains("validate-in-same-transaction")
        .contains("bring `VALIDATE CONSTRAINT` with the next change")
        .doesNotContain("migration of its own");
  }

  @Test
  void whenOneFileFailsTheNextIsNotReached() {
    write(SECOND, "alter table orders add column state text;\nselect nothing;\n");
    write(THIRD, "drop table orders;\n");

    assertThat(lint().out())
        .contains("error[migration-fails]")
        .doesNotContain("table-drop")
        .contains("not reached");
  }

  @Test
  void anIndexIsBuiltByHandBeforeOrAfterTheColumnItIsOn() {
    write(SECOND, "create index orders_id on orders (id);\n");
    write(THIRD, "select 1;\n");

    assertThat(lint().out())
        .contains("build the index by hand with")
        .doesNotContain("migration of its own");

    write(SECOND, "alter table orders add column n int;\ncreate index orders_n on orders (n);\n");

    assertThat(lint().out())
        .contains("production does not have all that")
        .contains("deploy the rest of the change without it")
        .doesNotContain("migration of its own");
  }

  @Test
  void aFixOffersNoFurtherFile() {
    write(
        SECOND,
        """
        alter table orders add column n int;
        create index orders_n on orders (n);
        create index orders_note on orders (note);
        """);
    write(THIRD, "alter table orders add constraint c check (id > 0);\n");

    CommandLineRun fix = run("fix", SECOND, THIRD, "--applied", FIRST);

    assertThat(fix.err())
        .contains(
            "blocking-index-build: it has to run without a transaction: Drizzle runs none, so run that"
                + " by hand before, and leave the plain form in the migration, with `IF NOT EXISTS`"
                + " or `IF EXISTS`. That is:\n"
                + "    create index CONCURRENTLY orders_note on orders (note);\n")
        .contains(
            "and one of the next change, deployed after this one because the tool runs all that is"
                + " new in one transaction, holds:\n"
                + "    ALTER TABLE public.orders VALIDATE CONSTRAINT c;\n")
        .doesNotContain("finish.sql")
        .doesNotContain("create index CONCURRENTLY orders_n on");
  }

  private CommandLineRun lint() {
    return run("lint", SECOND, THIRD, "--applied", FIRST);
  }
}
