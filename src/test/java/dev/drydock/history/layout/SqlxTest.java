package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import org.junit.jupiter.api.Test;

class SqlxTest {
  private static final Tree CRATE =
      Tree.empty().with("Cargo.toml", "[workspace.dependencies]\nsqlx = \"0.8\"\n");

  private static Transaction transaction(String text) {
    return CRATE.with("migrations/1_a.sql", text).history().applied().getFirst().transaction();
  }

  @Test
  void aCrateThatUsesSqlxTellsItFromOtherTools() {
    assertThat(CRATE.having("migrations/1_a.sql").history().layout()).isEqualTo("sqlx");
    assertThat(CRATE.having("migrations/1_a.up.sql").history().layout()).isEqualTo("sqlx");
    assertThat(
            CRATE
                .with("db/Cargo.toml", "[package]\n")
                .having("db/migrations/1_a.sql")
                .history()
                .layout())
        .isEqualTo("sqlx");
    assertThat(CRATE.having("go/go.mod", "go/migrations/1_a.up.sql").history().layout())
        .isEqualTo("golang-migrate");
    assertThat(Tree.empty().having("sqlx.toml", "migrations/1_a.sql").history().layout())
        .isEqualTo("sqlx");
  }

  @Test
  void eachDatabaseMayHaveADirectoryAmongTheMigrations() {
    History history =
        CRATE
            .having("migrations/postgres/1_a.up.sql", "migrations/postgres/1_a.down.sql")
            .history();

    assertThat(history.layout()).isEqualTo("sqlx");
    assertThat(history.directory().toString()).isEqualTo("migrations/postgres");
  }

  @Test
  void aDirectoryMayHaveAnyName() {
    Tree base =
        CRATE.having(
            "migrations/postgresql\\E(/1_a.up.sql",
            "migrations/postgresql\\E(/3_c.up.sql",
            "migrations/postgresql\\E(_more/2_b.up.sql");
    History history = base.to(base.having("migrations/postgresql\\E(_more/4_d.up.sql"));

    assertThat(Tree.versions(history.applied())).containsExactly("1", "2", "3");
    assertThat(Tree.versions(history.pending())).containsExactly("4");
  }

  @Test
  void whatTheProgramRunsApartFromTheRestIsOfTheSameSeries() {
    Tree base =
        CRATE.having(
            "migrations/postgresql/1_a.up.sql",
            "migrations/postgresql/3_c.up.sql",
            "migrations/postgresql_deferred/2_b.up.sql");
    History history = base.to(base.having("migrations/postgresql_deferred/4_d.up.sql"));

    assertThat(history.directory().toString()).isEqualTo("migrations/postgresql");
    assertThat(Tree.versions(history.applied())).containsExactly("1", "2", "3");
    assertThat(Tree.versions(history.pending())).containsExactly("4");
    assertThat(history.problems()).isEmpty();
    assertThat(base.having("migrations/postgresql_other/1_x.up.sql").histories())
        .as("numbers of its own")
        .hasSize(2);
  }

  @Test
  void bothFormsOfNamesAreUnderstood() {
    History history =
        CRATE
            .having(
                "migrations/10_c.sql",
                "migrations/2_add_b.up.sql",
                "migrations/2_add_b.down.sql",
                "migrations/1_a.sql")
            .history();

    assertThat(Tree.versions(history.applied())).containsExactly("1", "2", "10");
    Migration two = history.applied().get(1);
    assertThat(two.description()).isEqualTo("add b");
    assertThat(two.down()).isPresent();
    assertThat(history.prelude()).contains("_sqlx_migrations").contains("checksum BYTEA NOT NULL");
  }

  @Test
  void onlyTheFirstBytesSwitchTheTransactionOff() {
    assertThat(transaction("select 1;")).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(transaction("-- no-transaction\nselect 1;")).isEqualTo(Transaction.IMPLICIT);
    assertThat(transaction("\n-- no-transaction\nselect 1;")).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(transaction("\uFEFF-- no-transaction\nselect 1;"))
        .isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void everyByteCountsForTheChecksum() {
    Tree base = CRATE.with("migrations/1_a.sql", "select 1;\n");

    History history = base.to(base.with("migrations/1_a.sql", "select 1;\r\n"));

    assertThat(Tree.problems(history)).containsExactly("edited migrations/1_a.sql:1:1 [1]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "sqlx compares a checksum of the bytes and refuses to migrate databases that ran it.");
  }

  @Test
  void aNameWithoutANumberIsIgnored() {
    Tree base = CRATE.having("migrations/1_a.sql");

    assertThat(Tree.problems(base.to(base.having("migrations/add.sql"))))
        .containsExactly("ignored migrations/add.sql:1:1 [add.sql]");
  }

  @Test
  void itsDirectoryMayHaveAnotherNameAndFilesOfBothForms() {
    History history =
        CRATE.having("schemas/database/1_a.sql", "schemas/database/2_b.up.sql").history();

    assertThat(history.layout()).isEqualTo("sqlx");
    assertThat(Tree.versions(history.applied())).containsExactly("1", "2");
  }
}
