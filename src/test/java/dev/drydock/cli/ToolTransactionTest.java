package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What ends the transaction that a tool opens for a migration. */
class ToolTransactionTest extends InDirectory {

  @Test
  void aRollbackToASavepointDoesNotAndACommitAfterItDoes() {
    write("db/migration/V1__shop.sql", SHOP);
    write(
        "db/migration/V2__total.sql",
        """
        savepoint more;
        insert into orders (id) values (1);
        rollback to savepoint more;
        release more;
        alter table orders add column total numeric;
        """);

    String clean = lint("db/migration/V2__total.sql", "db/migration/V1__shop.sql").out();

    assertThat(clean).doesNotContain("transaction-nesting", "migration-fails");

    write(
        "db/migration/V2__total.sql",
        """
        savepoint more;
        rollback to more;
        alter table orders add column total numeric;
        commit;
        """);

    String ended = lint("db/migration/V2__total.sql", "db/migration/V1__shop.sql").out();

    assertThat(ended)
        .contains("warning[transaction-nesting]: COMMIT ends the transaction that the migration")
        .contains("V2__total.sql:4:1");
  }
}
