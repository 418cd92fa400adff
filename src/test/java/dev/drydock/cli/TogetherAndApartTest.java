package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations of one change run right after each other; the newest of a history did not. */
class TogetherAndApartTest extends InDirectory {
  private static final String V1 = "db/migration/V1__shop.sql";
  private static final String V2 = "db/migration/V2__state.sql";
  private static final String V3 = "db/migration/V3__required.sql";

  @BeforeEach
  void aColumnThatALaterMigrationRequires() {
    write(V1, SHOP);
    write(V2, "alter table orders add column state text;\n");
    write(V3, "alter table orders alter column state set not null;\n");
  }

  @Test
  void inOneChangeNobodyFillsTheColumnInBetween() {
    CommandLineRun run = run("lint", V2, V3, "--applied", V1);

    assertThat(run.out()).contains("error[fails-on-any-row]").contains("fails with one generated");
  }

  @Test
  void betweenTheNewestOfAHistoryAReleaseMayHaveFilledIt() {
    CommandLineRun run = run("lint", "--newest", "2");

    assertThat(run.out())
        .doesNotContain("fails-on-any-row")
        .contains("info[fails-on-generated-row]: ALTER TABLE passes on empty tables");
  }

  @Test
  void withinOneOfTheNewestNobodyDoes() {
    write(V3, "alter table orders add column kind text, add check (kind is not null);\n");
    CommandLineRun run = run("lint", "--newest", "2");

    assertThat(run.out()).contains("error[fails-on-any-row]");
  }
}
