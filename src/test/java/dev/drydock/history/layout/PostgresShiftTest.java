package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Transaction;
import org.junit.jupiter.api.Test;

class PostgresShiftTest {
  private static final Tree BASE =
      Tree.empty()
          .having("db/migrations/00001_first-tables/index.sql", "db/migrations/00002_b/index.sql");

  @Test
  void eachMigrationHasADirectoryWithOneScript() {
    History history = BASE.having("db/migrations/00002_b/rows.sql").history();

    assertThat(history.layout()).isEqualTo("postgres-shift");
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.versions(history.applied())).containsExactly("00001", "00002");
    assertThat(history.applied().getFirst().description()).isEqualTo("first tables");
    assertThat(history.applied().getFirst().transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.together()).isTrue();
  }

  @Test
  void whatItRefusesIsTold() {
    History history =
        BASE.to(
            BASE.having("db/migrations/00002_c/index.sql", "db/migrations/00004_d/index.sql")
                .having("db/migrations/rest.sql"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "duplicate-version db/migrations/00002_c/index.sql:1:1 [00002]",
            "gap db/migrations/00004_d/index.sql:1:1 [00004]",
            "ignored db/migrations/rest.sql:1:1 [rest.sql]");
  }

  @Test
  void codeGoesBeforeSqlBesideIt() {
    History history =
        BASE.to(
            BASE.having("db/migrations/00003_c/index.sql", "db/migrations/00003_c/index.js")
                .having("db/migrations/00004_d.sql"));

    assertThat(Tree.problems(history))
        .containsExactly("not-sql db/migrations/00003_c/index.js:1:1 [00003]");
    assertThat(Tree.versions(history.pending())).containsExactly("00004");
  }

  @Test
  void aScriptOfThatNameElsewhereIsNone() {
    assertThat(Tree.empty().having("db/2_b/index.sql", "db/1_a/index.sql").histories()).isEmpty();
  }
}
