package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A new migration with an old version. */
class LateVersionTest extends InDirectory {

  @Test
  void whereTheToolRunsItLateItIsAWarning() {
    write("migrations/1_shop/up.sql", SHOP);
    write("migrations/2_late/up.sql", "alter table orders add column state text;\n");
    write("migrations/3_newest/up.sql", "select 1;\n");

    CommandLineRun run =
        run(
            "lint",
            "--layout",
            "diesel",
            "migrations/2_late/up.sql",
            "--applied",
            "migrations/1_shop/up.sql",
            "--applied",
            "migrations/3_newest/up.sql");

    assertThat(run.out())
        .contains("warning[late-version]: Migration 2 comes before one that databases may have run")
        .contains("diesel runs it after that one on databases that have it")
        .doesNotContain("out-of-order-version");
    assertThat(run.status()).isZero();
  }

  @Test
  void whereItIsSkippedItIsAnError() {
    write("migrations/1_shop.up.sql", SHOP);
    write("migrations/2_late.up.sql", "alter table orders add column state text;\n");
    write("migrations/3_newest.up.sql", "select 1;\n");

    CommandLineRun run =
        lint("migrations/2_late.up.sql", "migrations/1_shop.up.sql", "migrations/3_newest.up.sql");

    assertThat(run.out())
        .contains("error[out-of-order-version]: Migration 2 comes before one that databases may")
        .doesNotContain("late-version");
    assertThat(run.status()).isEqualTo(1);
  }
}
