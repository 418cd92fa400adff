package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Callback;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlywayTest {
  private static final String DIR = "src/main/resources/db/migration/";

  private static Migration only(Tree tree) {
    return tree.history().applied().getFirst();
  }

  @Test
  void aScriptsOwnSettingsHaveItPassedOver() {
    Tree base = Tree.empty().having(DIR + "V1__a.sql", DIR + "V2__b.sql");
    Tree without = base.with(DIR + "V2__b.sql.conf", "shouldExecute=false\n");

    assertThat(Tree.versions(without.history().applied())).containsExactly("1");
    assertThat(
            Tree.versions(
                without.to(base.with(DIR + "V2__b.sql.conf", "shouldExecute=true\n")).pending()))
        .containsExactly("2");
  }

  @Test
  void whatIsSetBeforeEachMigrationIsSetInItsSession() {
    Tree tree = Tree.empty().having(DIR + "V1__a.sql");

    assertThat(
            tree.with(
                    DIR + "beforeEachMigrate.sql",
                    """
                    -- wait no longer
                    SET LOCAL lock_timeout = '2s';
                    set search_path to shop, public;
                    set session shop.user to 'migration';
                    set role owner;
                    set statement_timeout = ${timeout};
                    select 1;
                    """)
                .history()
                .session())
        .isEqualTo(
            "; set lock_timeout = '2s'; set search_path to shop, public; set shop.user to 'migration'");
    assertThat(tree.with(DIR + "beforeMigrate.sql", "set lock_timeout = '2s';").history().session())
        .isEmpty();
  }

  @Test
  void anUndoFileIsTheWayBack() {
    Migration migration = only(Tree.empty().having(DIR + "V1__a.sql", DIR + "U1__a.sql"));

    assertThat(migration.down().orElseThrow().file().path()).isEqualTo(Path.of(DIR + "U1__a.sql"));
  }

  @Test
  void theNewestBaselineStandsForAllBeforeIt() {
    History history =
        Tree.empty()
            .having(
                DIR + "V1__a.sql",
                DIR + "V2__b.sql",
                DIR + "V3__c.sql",
                DIR + "B1__old.sql",
                DIR + "B2__base.sql")
            .history();

    assertThat(Tree.paths(history.applied()))
        .containsExactly(DIR + "B2__base.sql", DIR + "V3__c.sql");
  }

  @Test
  void aBaselineThatTheChangeAddsIsNotRunOnDatabasesThatHaveAHistory() {
    Tree base = Tree.empty().having(DIR + "V1__a.sql", DIR + "V2__b.sql");

    History history = base.to(base.having(DIR + "B2__base.sql"));

    assertThat(history.pending()).isEmpty();
    assertThat(history.problems()).isEmpty();
    assertThat(Tree.versions(history.applied())).containsExactly("1", "2");
  }

  @Test
  void aFileRunsInOneTransaction() {
    assertThat(only(Tree.empty().with(DIR + "V1__a.sql", "create table a ();")).transaction())
        .isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void aStatementThatRefusesATransactionSwitchesItOffForTheFile() {
    for (String sql :
        List.of(
            "create index concurrently i on t (a);",
            "-- note\nCREATE UNIQUE INDEX\n  CONCURRENTLY i ON t (a);",
            "select 1; drop index concurrently i;",
            "vacuum t;",
            "/* x */ REINDEX DATABASE d;",
            "alter system set x = 1;",
            "create subscription s;")) {
      assertThat(only(Tree.empty().with(DIR + "V1__a.sql", sql)).transaction())
          .as(sql)
          .isEqualTo(Transaction.NONE);
    }
  }

  @Test
  void wordsInCommentsAndStringsSwitchNothingOff() {
    for (String sql :
        List.of(
            "-- ; vacuum t;\nselect 1;",
            "select '; vacuum t;';",
            "create table b (\"it's\" int); comment on table b is 'stop the writers; vacuum b';",
            "do $x$ begin execute 'a'; vacuum t; end $x$;",
            "create index i on t (a);")) {
      assertThat(only(Tree.empty().with(DIR + "V1__a.sql", sql)).transaction())
          .as(sql)
          .isEqualTo(Transaction.PER_MIGRATION);
    }
  }

  @Test
  void aScriptsOwnSettingsSwitchTheTransactionOff() {
    Tree tree =
        Tree.empty()
            .with(DIR + "V1__a.sql", "select 1;")
            .with(DIR + "V1__a.sql.conf", "executeInTransaction=false\n");

    assertThat(only(tree).transaction()).isEqualTo(Transaction.NONE);
  }

  @Test
  void theProjectsSettingsSwitchTheTransactionOff() {
    Tree tree = Tree.empty().with(DIR + "V1__a.sql", "select 1;");

    assertThat(only(tree.with("flyway.conf", "flyway.executeInTransaction = false")).transaction())
        .isEqualTo(Transaction.NONE);
    assertThat(
            only(tree.with("flyway.toml", "[flyway]\nexecuteInTransaction = false")).transaction())
        .isEqualTo(Transaction.NONE);
  }

  @Test
  void callbacksAreNeitherMigrationsNorIgnored() {
    Tree base = Tree.empty().having(DIR + "V1__a.sql");

    History history =
        base.to(
            base.having(
                DIR + "beforeMigrate.sql",
                DIR + "afterMigrate__x.sql",
                DIR + "callbacks/afterEachMigrate.sql"));

    assertThat(history.callbacks())
        .extracting(Callback::event)
        .containsExactly("afterEachMigrate", "afterMigrate", "beforeMigrate");
    assertThat(history.problems()).isEmpty();
    assertThat(history.pending()).isEmpty();
  }

  @Test
  void aRepeatableMigrationThatChangedIsPendingAgain() {
    Tree base = Tree.empty().having(DIR + "V1__a.sql").with(DIR + "R__v.sql", "create view v;\n");

    History changed = base.to(base.with(DIR + "R__v.sql", "create or replace view v;\n"));
    assertThat(Tree.paths(changed.applied())).contains(DIR + "R__v.sql");
    assertThat(Tree.paths(changed.pending())).containsExactly(DIR + "R__v.sql");
    assertThat(changed.problems()).isEmpty();

    assertThat(base.to(base.with(DIR + "R__v.sql", "create view v;\r\n")).pending()).isEmpty();
  }

  @Test
  void onlyLinesCountForTheChecksum() {
    Tree base = Tree.empty().with(DIR + "V1__a.sql", "select 1;\nselect 2;\n");

    assertThat(base.to(base.with(DIR + "V1__a.sql", "\uFEFFselect 1;\r\nselect 2;\r\n")).problems())
        .isEmpty();
    assertThat(base.to(base.with(DIR + "V1__a.sql", "\nselect 1;\n\nselect 2;")).problems())
        .isEmpty();
    assertThat(Tree.problems(base.to(base.with(DIR + "V1__a.sql", "select 1;\n-- x\nselect 2;\n"))))
        .containsExactly("edited " + DIR + "V1__a.sql:2:1 [1]");
  }

  @Test
  void aNameThatMissesThePatternIsIgnored() {
    Tree base = Tree.empty().having(DIR + "V1__a.sql", DIR + "old.sql");

    History history = base.to(base.having(DIR + "V2_b.sql", DIR + "v3__c.sql", DIR + "README.md"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "ignored " + DIR + "V2_b.sql:1:1 [V2_b.sql]",
            "ignored " + DIR + "v3__c.sql:1:1 [v3__c.sql]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "Flyway runs files named V<version>__<description>.sql: Flyway passes over it without a word, unless validateMigrationNaming is set.");
    assertThat(history.pending()).isEmpty();
  }

  @Test
  void anOlderVersionIsRefusedUnlessTheSettingsAllowIt() {
    Tree base = Tree.empty().having(DIR + "V1__a.sql", DIR + "V3__c.sql");
    Tree head = base.having(DIR + "V2__b.sql");

    History history = base.to(head);
    assertThat(Tree.problems(history)).containsExactly("out-of-order " + DIR + "V2__b.sql:1:1 [2]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "The newest migration at the base is 3: Flyway refuses to migrate databases that have that one, unless outOfOrder is set.");
    assertThat(base.to(head.with("flyway.conf", "flyway.outOfOrder=true")).problems()).isEmpty();
  }

  @Test
  void migrationsInJavaAreReportedWhereverTheyLie() {
    History history =
        Tree.empty()
            .having(DIR + "V1__a.sql")
            .to(
                Tree.empty()
                    .having(
                        DIR + "V1__a.sql",
                        DIR + "V3__c.sh",
                        "src/main/java/db/migration/V2__Fill.java",
                        "src/main/java/app/V9__Other.java"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "not-sql src/main/java/db/migration/V2__Fill.java:1:1 [2]",
            "not-sql " + DIR + "V3__c.sh:1:1 [3]");
  }

  @Test
  void migrationsInOtherLanguagesOfTheJvmAreReportedToo() {
    Tree base = Tree.empty().having(DIR + "V1__a.sql");

    History history =
        base.to(
            base.having(
                "src/main/kotlin/db/migration/V2__b.kt",
                "src/main/groovy/db/migration/V3__c.groovy",
                "src/main/scala/db/migration/V4__d.scala"));

    assertThat(Tree.problems(history))
        .containsExactlyInAnyOrder(
            "not-sql src/main/kotlin/db/migration/V2__b.kt:1:1 [2]",
            "not-sql src/main/groovy/db/migration/V3__c.groovy:1:1 [3]",
            "not-sql src/main/scala/db/migration/V4__d.scala:1:1 [4]");
  }

  @Test
  void aFileMovedWithinTheLocationIsTheSameMigration() {
    Tree base = Tree.empty().having(DIR + "V1__a.sql").with(DIR + "V2__b.sql", "select 2;");

    History history =
        base.to(base.without(DIR + "V2__b.sql").with(DIR + "2024/V2__b.sql", "select 2;"));

    assertThat(history.problems()).isEmpty();
    assertThat(history.pending()).isEmpty();
  }

  @Test
  void directoriesBelowALocationBelongToIt() {
    History history = Tree.empty().having(DIR + "2023/V1__a.sql", DIR + "2024/V2__b.sql").history();

    assertThat(history.directory()).isEqualTo(Path.of("src/main/resources/db/migration"));
    assertThat(Tree.versions(history.applied())).containsExactly("1", "2");
  }

  @Test
  void directoriesNamedForDatabasesAreHistoriesOfTheirOwnOnTopOfTheSharedOnes() {
    List<History> histories =
        Tree.empty()
            .having(
                DIR + "common/V1__a.sql",
                DIR + "mysql/V2__b.sql",
                DIR + "postgresql/V2__b.sql",
                DIR + "postgresql/V3__c.sql")
            .histories();

    assertThat(histories)
        .extracting(history -> history.directory().getFileName().toString())
        .containsExactly("mysql", "postgresql");
    assertThat(Tree.versions(histories.get(0).applied())).containsExactly("1", "2");
    assertThat(Tree.versions(histories.get(1).applied())).containsExactly("1", "2", "3");
  }

  @Test
  void directoriesThatShareAVersionAreSeparateHistories() {
    assertThat(
            Tree.empty()
                .having("migrations/user/V1__a.sql", "migrations/order/V1__a.sql")
                .histories())
        .extracting(history -> history.directory().toString())
        .containsExactly("migrations/order", "migrations/user");
  }

  @Test
  void repeatablesKeptBesideTheVersionsBelongToThem() {
    History history =
        Tree.empty().having("db/versions/V1__a.sql", "db/repeatable/R__v.sql").history();

    assertThat(history.directory()).isEqualTo(Path.of("db/versions"));
    assertThat(Tree.versions(history.applied())).containsExactly("1", "v");
  }

  @Test
  void modulesAreSeparateHistories() {
    assertThat(
            Tree.empty()
                .having(
                    "jdbc-h2/src/main/resources/migrations/h2/V1_1__a.sql",
                    "jdbc-mysql/src/main/resources/migrations/mysql/V1_1__a.sql")
                .histories())
        .extracting(history -> history.directory().toString())
        .containsExactly(
            "jdbc-h2/src/main/resources/migrations/h2",
            "jdbc-mysql/src/main/resources/migrations/mysql");
  }
}
