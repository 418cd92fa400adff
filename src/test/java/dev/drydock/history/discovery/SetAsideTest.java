package dev.drydock.history.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.layout.Found;
import dev.drydock.history.layout.Tree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Directories of SQL that are no history beside those that are. */
class SetAsideTest {
  @Test
  void whatIsRunByHandIsLeftOutBesideMigrationsThatAToolRuns() {
    for (String byHand :
        List.of("db/manual", "prisma/manual-data-migrations", "db_one_off", "migrations/adhoc")) {
      Tree alone = Tree.empty().having(byHand + "/1_a.up.sql", byHand + "/2_b.up.sql");
      Tree beside = alone.having("db/migration/V1__a.sql");

      assertThat(alone.histories()).hasSize(1);
      assertThat(beside.histories()).extracting(History::layout).containsExactly("flyway");
      assertThat(new HistoryFinder(Search.everywhere()).newest(beside.tree(), 1).passedOver())
          .extracting(Found.PassedOver::described)
          .containsExactly(
              byHand
                  + " is for what is run by hand, going by its name (--dir "
                  + byHand
                  + " lints it)");
      assertThat(
              new HistoryFinder(Search.everywhere().in(List.of(Path.of(byHand))))
                  .newest(beside.tree(), 1)
                  .histories())
          .extracting(history -> history.directory().toString())
          .containsExactly(byHand);
    }
  }

  @Test
  void waysBackInADirectoryOfTheirOwnAreNoHistory() {
    for (String back : List.of("down", "downs", "rollback", "revert", "reverts", "undo")) {
      Tree tree =
          Tree.empty()
              .having("db/migrations/001-a.sql", "db/migrations/002-b.sql")
              .having("db/%s/001-a.sql".formatted(back), "db/%s/002-b.sql".formatted(back));

      assertThat(tree.histories())
          .extracting(history -> history.directory().toString())
          .containsExactly("db/migrations");
    }
  }

  @Test
  void whatANewerSeriesTookThePlaceOfIsLeftOutWhereItsNameSaysSo() {
    Tree tree =
        Tree.empty()
            .having(
                "db/legacy/20190101_a.up.sql",
                "db/legacy/20190101_a.down.sql",
                "db/sql/20190101_a.up.sql",
                "db/sql/20190101_a.down.sql",
                "db/sql/20200101_b.up.sql",
                "db/sql/20200101_b.down.sql",
                "app/old/20210101_c.up.sql",
                "app/old/20210101_c.down.sql");

    Found found = tree.found();

    assertThat(found.histories())
        .extracting(history -> history.directory().toString())
        .containsExactly("app/old", "db/sql");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "db/legacy is for migrations of old, going by its name, and newer ones lie beside it"
                + " (--dir db/legacy lints it)");
    assertThat(tree.found(Search.everywhere().in(List.of(Path.of("db/legacy")))).histories())
        .hasSize(1);
  }

  @Test
  void migrationsThatAreOldByTheirNameAreLeftOutBesideNewerOnesOfAnotherTool() {
    Tree live = Tree.empty().with("db/migrations/20260729_b.sql", "-- migrate:up\nselect 1;\n");
    for (String old : List.of("migrations_archive", "migrations.bak", "OldMigrations")) {
      Tree tree =
          live.having("prisma/" + old + "/migration_lock.toml")
              .having("prisma/" + old + "/20260703_a/migration.sql");
      Found found = tree.found();

      assertThat(found.histories())
          .extracting(history -> history.directory().toString())
          .containsExactly("db/migrations");
      assertThat(found.passedOver()).extracting(over -> over.directory().toString()).hasSize(1);
      assertThat(tree.without("db/migrations/20260729_b.sql").histories()).hasSize(1);
    }
    assertThat(
            live.having("app/migrations_old/migration_lock.toml")
                .having("app/migrations_old/20300101_c/migration.sql")
                .histories())
        .hasSize(2);
  }

  @Test
  void whatMigrationsAreMadeOfIsLeftOut() {
    Tree tree =
        Tree.empty()
            .having("sql/migrations/2015_a.postgres.up.sql", "sql/migrations/2015_a.down.sql")
            .having("sql/migrations/2022_b.up.sql", "sql/src/2022_b/2022_b.up.sql")
            .having("sql/src/2015_a/2015_a.postgres.up.sql", "other/2022_b/2022_c.up.sql");
    Found found = tree.found();

    assertThat(found.histories())
        .extracting(history -> history.directory().toString())
        .containsExactly("other/2022_b", "sql/migrations");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .contains(
            "sql/src/2015_a is for one migration, whose files are in sql/migrations as well (--dir"
                + " sql/src/2015_a lints it)");
  }
}
