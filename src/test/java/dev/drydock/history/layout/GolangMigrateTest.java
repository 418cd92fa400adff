package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GolangMigrateTest {

  @Test
  void aPairOfFilesIsAMigrationAndItsWayBack() {
    History history =
        Tree.empty()
            .having("db/m/10_b.up.sql", "db/m/10_b.down.sql", "db/m/9_a.up.sql")
            .having("db/m/0011_add_it.up.sql")
            .history();

    assertThat(history.layout()).isEqualTo("golang-migrate");
    assertThat(Tree.versions(history.applied())).containsExactly("9", "10", "0011");
    Migration ten = history.applied().get(1);
    assertThat(ten.down().orElseThrow().file().path()).isEqualTo(Path.of("db/m/10_b.down.sql"));
    assertThat(ten.transaction()).isEqualTo(Transaction.IMPLICIT);
    assertThat(history.applied().getLast().description()).isEqualTo("add it");
    assertThat(history.placeholders()).isEmpty();
    assertThat(history.prelude())
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS schema_migrations (version bigint not null primary key, dirty boolean not null);\n");
  }

  @Test
  void theEndingMayBePostgresqlsOwn() {
    Tree base = Tree.empty().having("m/1_a.up.pgsql", "m/1_a.down.pgsql");

    History history = base.to(base.having("m/2_b.up.pgsql", "m/3_c.up.psql"));

    assertThat(history.layout()).isEqualTo("golang-migrate");
    assertThat(Tree.versions(history.applied())).containsExactly("1");
    assertThat(Tree.versions(history.pending())).containsExactly("2", "3");
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void aDownFileIsNeverPendingAndMayBeEdited() {
    Tree base = Tree.empty().having("m/1_a.up.sql", "m/1_a.down.sql");

    History history =
        base.to(base.with("m/1_a.down.sql", "drop table a;").with("m/2_b.down.sql", "x"));

    assertThat(history.pending()).isEmpty();
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void goMigrationsAmongThemAreReported() {
    History history =
        Tree.empty()
            .having("m/1_a.up.sql")
            .to(
                Tree.empty()
                    .having("m/1_a.up.sql", "m/2_b.up.go", "m/2_b.down.go", "m/migrations.go"));

    assertThat(Tree.problems(history)).containsExactly("not-sql m/2_b.up.go:1:1 [2]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "golang-migrate runs it and Drydock cannot: what it changes is missing from the replay, and a later migration may fail for that.");
  }

  @Test
  void anOlderNumberIsNeverRun() {
    Tree base = Tree.empty().having("m/1_a.up.sql", "m/5_c.up.sql");

    History history = base.to(base.having("m/3_b.up.sql"));

    assertThat(Tree.problems(history)).containsExactly("out-of-order m/3_b.up.sql:1:1 [3]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "The newest migration at the base is 5: golang-migrate keeps only the newest number, so databases that have that one never run it, without a word.");
  }

  @Test
  void twoFilesOfOneNumberAreRefused() {
    Tree base = Tree.empty().having("m/1_a.up.sql");

    History history = base.to(base.having("m/0001_b.up.sql"));

    assertThat(Tree.problems(history))
        .containsExactly("duplicate-version m/0001_b.up.sql:1:1 [0001]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo("m/1_a.up.sql has the same version: golang-migrate refuses to start.");
    assertThat(Tree.paths(history.pending())).containsExactly("m/0001_b.up.sql");
  }

  @Test
  void aFileWithoutADirectionIsIgnored() {
    Tree base = Tree.empty().having("m/1_a.up.sql", "m/1_a.down.sql");
    Tree inGo =
        Tree.empty()
            .having("m/1_a.up.sql")
            .with("go.mod", "require github.com/golang-migrate/migrate/v4 v4.18.1");

    assertThat(Tree.problems(base.to(base.having("m/2_b.sql"))))
        .containsExactly("ignored m/2_b.sql:1:1 [2_b.sql]");
    assertThat(Tree.problems(inGo.to(inGo.having("m/2_b.sql"))))
        .containsExactly("ignored m/2_b.sql:1:1 [2_b.sql]");
  }

  @Test
  void namesWithAndWithoutADirectionAndNoWayBackAreAnothers() {
    Tree base =
        Tree.empty()
            .having("m/1_a.up.sql", "m/2_b.up.sql", "m/3_c.up.sql", "m/4_d.sql")
            .with("go.mod", "module example.org/fine");

    History history = base.to(base.having("m/5_e.sql"));

    assertThat(history.layout()).isEqualTo("plain");
    assertThat(Tree.versions(history.applied())).containsExactly("1", "2", "3", "4");
    assertThat(Tree.versions(history.pending())).containsExactly("5");
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void ofTheFilesPerDatabaseThoseForPostgresqlCount() {
    History history =
        Tree.empty()
            .having("m/1_a.up.mysql.sql", "m/1_a.up.postgres.sql", "m/1_a.down.postgres.sql")
            .having("m/1_a.down.mysql.sql", "m/2_b.up.postgres.sql", "m/2_b.up.sqlite3.sql")
            .having("m/3_c.up.sql")
            .to(Tree.empty().having("m/3_c.up.sql", "m/4_d.up.mysql.sql", "m/1_a.up.postgres.sql"));

    assertThat(history.layout()).isEqualTo("golang-migrate");
    assertThat(Tree.paths(history.applied()))
        .containsExactly("m/1_a.up.postgres.sql", "m/2_b.up.postgres.sql", "m/3_c.up.sql");
    assertThat(history.applied().getFirst().down().orElseThrow().file().path())
        .isEqualTo(Path.of("m/1_a.down.postgres.sql"));
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.problems(history)).containsExactly("deleted m/2_b.up.postgres.sql:1:1 [2]");
  }

  @Test
  void withoutAFileForPostgresqlAnotherDatabaseIsMeant() {
    History history = Tree.empty().having("m/1_a.up.mysql.sql", "m/2_b.up.mysql.sql").history();

    assertThat(history.dialect()).isEqualTo(Dialect.MYSQL);
    assertThat(history.applied()).hasSize(2);
  }

  @Test
  void aDirectoryOfWhichItWouldPassOverMostIsAnothers() {
    assertThat(
            Tree.empty()
                .having("migrations/1_a.sql", "migrations/2_b.sql", "migrations/3_c.up.sql")
                .history()
                .layout())
        .isEqualTo("plain");
  }
}
