package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A migration that names the table in which its tool keeps what it has applied. */
class OwnTableTest extends InDirectory {
  private static final String UP = "migrations/2_grant.up.sql";

  @Test
  void inAnotherSchemaItIsMadeForAppliedMigrations() {
    write("migrations/1_shop.up.sql", SHOP);
    write(
        UP,
        """
        create schema if not exists app;
        comment on table app.schema_migrations is 'internal';
        select dirty from app.schema_migrations where version = 1;
        """);
    write("migrations/3_new.up.sql", "comment on table app.schema_migrations is 'kept';\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out() + run.err())
        .contains(
            "table app.schema_migrations, in which the migration tool keeps what it has applied");
  }

  @Test
  void anotherTableIsNotMade() {
    write("migrations/1_shop.up.sql", SHOP);
    write(UP, "comment on table app.orders is 'missing';\n");
    write("migrations/3_new.up.sql", "select 1;\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains(UP + ":1:");
  }

  @Test
  void ofGoPgItIsThereFromTheBeginning() {
    write("migrations/1_shop.tx.up.sql", SHOP);
    write("migrations/2_fill.tx.up.sql", "select min(created_at) from gopg_migrations;\n");
    write("migrations/3_new.tx.up.sql", "select 1;\n");

    assertThat(run("lint", "--newest", "1").status()).isZero();
  }
}
