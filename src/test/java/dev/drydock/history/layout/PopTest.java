package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PopTest {

  /** Migrations for several databases, as a service that runs on each of them has them. */
  private static final Tree SEVERAL =
      Tree.empty()
          .having("m/10_a.postgres.up.sql", "m/10_a.mysql.up.sql", "m/10_a.sqlite3.up.sql")
          .having("m/10_a.postgres.down.sql", "m/10_a.mysql.down.sql")
          .having("m/20_b.up.sql", "m/20_b.down.sql")
          .having("m/30_c.up.sql", "m/30_c.postgres.up.sql", "m/30_c.cockroach.autocommit.up.sql")
          .having("m/40_d.mysql.up.sql", "m/50_e.autocommit.up.sql");

  @Test
  void theFileOfTheDatabaseTakesThePlaceOfTheOneForAll() {
    History history = SEVERAL.history();

    assertThat(history.layout()).isEqualTo("pop");
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.paths(history.applied()))
        .containsExactly(
            "m/10_a.postgres.up.sql",
            "m/20_b.up.sql",
            "m/30_c.postgres.up.sql",
            "m/50_e.autocommit.up.sql");
    Migration first = history.applied().getFirst();
    assertThat(first.description()).isEqualTo("a");
    assertThat(first.down().orElseThrow().file().path())
        .isEqualTo(Path.of("m/10_a.postgres.down.sql"));
  }

  @Test
  void aFileForOneWayLeavesTheOtherToTheFileForAll() {
    History history =
        Tree.empty()
            .having("m/10_a.up.sql", "m/10_a.postgres.down.sql", "m/10_a.down.sql")
            .having("m/20_b.postgres.up.sql", "m/20_b.up.sql", "m/20_b.down.sql")
            .history();

    assertThat(Tree.paths(history.applied()))
        .containsExactly("m/10_a.up.sql", "m/20_b.postgres.up.sql");
    assertThat(history.applied())
        .extracting(migration -> migration.down().orElseThrow().file().path())
        .containsExactly(Path.of("m/10_a.postgres.down.sql"), Path.of("m/20_b.down.sql"));
  }

  @Test
  void aTransactionIsOpenedUnlessTheNameSaysAutocommit() {
    List<Migration> applied = SEVERAL.history().applied();

    assertThat(applied.getFirst().transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(applied.getLast().transaction()).isEqualTo(Transaction.IMPLICIT);
  }

  @Test
  void filesForOtherDatabasesAreNoBusinessOfTheReplay() {
    History history =
        SEVERAL.to(
            SEVERAL.having(
                "m/60_f.mysql.up.sql", "m/60_f.cockroach.up.sql", "m/60_f.postgres.up.sql"));

    assertThat(Tree.paths(history.pending())).containsExactly("m/60_f.postgres.up.sql");
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void migrationsForAnotherDatabaseAloneAreOfThatDialect() {
    History history =
        Tree.empty()
            .having("m/10_a.mysql.up.sql", "m/20_b.mysql.up.sql", "m/30_c.up.sql")
            .history();

    assertThat(history.dialect()).isEqualTo(Dialect.MYSQL);
    assertThat(Tree.versions(history.applied())).containsExactly("10", "20", "30");
  }

  @Test
  void fizzIsNotSql() {
    Tree base = Tree.empty().having("m/10_a.up.fizz", "m/10_a.down.fizz", "m/20_b.up.sql");

    History history = base.to(base.having("m/30_c.up.fizz", "m/40_d.up.sql"));

    assertThat(history.layout()).isEqualTo("pop");
    assertThat(Tree.paths(history.pending())).containsExactly("m/40_d.up.sql");
    assertThat(Tree.problems(history)).containsExactly("not-sql m/30_c.up.fizz:1:1 [30]");
  }

  @Test
  void twoFilesOfOneNumberForOneDatabaseAreOneTooMany() {
    History history = SEVERAL.to(SEVERAL.having("m/50_other.up.sql"));

    assertThat(Tree.problems(history))
        .containsExactly("duplicate-version m/50_other.up.sql:1:1 [50]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "m/50_e.autocommit.up.sql has the same version: Pop runs one of them and takes the other for done.");
  }

  @Test
  void namesThatSayNothingOfADatabaseAreGolangMigrates() {
    assertThat(Tree.empty().having("m/1_a.up.sql", "m/2_b.v2.up.sql").history().layout())
        .isEqualTo("golang-migrate");
  }
}
