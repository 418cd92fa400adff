package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainFilesTest {

  private static List<String> order(String... names) {
    Tree tree = Tree.empty();
    for (String name : names) {
      tree = tree.having("db/migrations/" + name);
    }
    return tree.history().applied().stream()
        .map(migration -> migration.file().path().getFileName().toString())
        .toList();
  }

  @Test
  void filesOfWhichSeveralHaveANumberAreNoSeriesBesideThoseOfATool() {
    Tree base =
        Tree.empty()
            .having("sql/schema/v0.sql", "sql/schema/v1-core.sql", "sql/schema/v1-olap.sql")
            .having("db/V1__a.sql");
    Tree head = base.with("sql/schema/v1-core.sql", "select 1;").having("db/V2__b.sql");

    assertThat(base.to(head).layout()).isEqualTo("flyway");
    assertThat(base.without("db/V1__a.sql").history().layout()).isEqualTo("plain");
  }

  @Test
  void numbersAreComparedAsNumbers() {
    assertThat(order("10_c.sql", "9-b.sql", "001.sql", "v11__x.sql"))
        .containsExactly("001.sql", "9-b.sql", "10_c.sql", "v11__x.sql");
    assertThat(order("v1.10_b.sql", "v1.9_a.sql")).containsExactly("v1.9_a.sql", "v1.10_b.sql");
  }

  @Test
  void datesAreNumbersInAnyOfTheirSpellings() {
    assertThat(order("2024-02-01-b.sql", "2024-01-31-z.sql"))
        .containsExactly("2024-01-31-z.sql", "2024-02-01-b.sql");
    assertThat(order("2024_02_01_b.sql", "2024_01_31_z.sql"))
        .containsExactly("2024_01_31_z.sql", "2024_02_01_b.sql");
  }

  @Test
  void aDayMayHaveSeveralAndANumberMayNot() {
    Tree days = Tree.empty().having("migrations/20240131-a.sql");
    assertThat(Tree.problems(days.to(days.having("migrations/20240131-b.sql")))).isEmpty();
    Tree spelled = Tree.empty().having("migrations/2024-02-01-a.sql");
    assertThat(Tree.problems(spelled.to(spelled.having("migrations/2024-02-01-b.sql")))).isEmpty();
    Tree numbered = Tree.empty().having("migrations/001_a.sql", "migrations/002_b.sql");
    History history = numbered.to(numbered.having("migrations/002_c.sql"));
    assertThat(Tree.problems(history))
        .containsExactly("duplicate-version migrations/002_c.sql:1:1 [002]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "migrations/002_b.sql has the same version: what goes by the number alone runs one of them or neither, and what goes by the whole name runs them in the order of those.");
  }

  @Test
  void allOthersOfItsNumberAreNamed() {
    Tree base = Tree.empty().having("migrations/001_a.sql");
    History history =
        base.to(
            base.having("migrations/002_a.sql", "migrations/002_b.sql", "migrations/002_c.sql"));

    assertThat(history.problems().getFirst().detail())
        .startsWith("migrations/002_b.sql, migrations/002_c.sql have the same version: ");
  }

  @Test
  void whereAppliedFilesShareNumbersANewOneMay() {
    Tree base = Tree.empty().having("sql/1_a.sql", "sql/1_b.sql", "sql/2_c.sql");

    assertThat(base.to(base.having("sql/2_d.sql")).problems()).isEmpty();
  }

  @Test
  void withoutNumbersNamesAreTheOrder() {
    assertThat(order("b.sql", "a.sql")).containsExactly("a.sql", "b.sql");
  }

  @Test
  void besideNumberedFilesOthersAreNoMigrations() {
    assertThat(order("1_a.sql", "seed.sql")).containsExactly("1_a.sql");
  }

  @Test
  void whatLiesLooseAboveTheMigrationsIsNone() {
    Tree migrations = Tree.empty().having("migrate/migrations/1_a.up.sql");
    assertThat(migrations.having("migrate/schema.sql").histories()).hasSize(1);
    assertThat(migrations.having("migrate/1_schema.sql", "migrate/2_b.sql").histories()).hasSize(2);
    assertThat(
            Tree.empty()
                .having("migrate/migrations/1_a/up.sql", "migrate/migrations/1_a/metadata.yaml")
                .having("migrate/schema.sql")
                .histories())
        .isEmpty();
    assertThat(Tree.empty().having("migrations/a.sql", "migrations/db/1_a.sql").histories())
        .hasSize(2);
  }

  @Test
  void scriptsForTheWayBackMayHaveADirectoryOfTheirOwn() {
    Tree tree = Tree.empty().having("db/sql/1_a.sql", "db/downgrade/1_a.sql");
    assertThat(Tree.paths(tree.history().applied())).containsExactly("db/sql/1_a.sql");
  }

  @Test
  void aNumberThatIsPartOfAWordIsNone() {
    assertThat(order("1_2fa.sql", "2_b.sql")).containsExactly("1_2fa.sql", "2_b.sql");
    History history = Tree.empty().having("migrations/3nf.sql", "migrations/a.sql").history();
    assertThat(Tree.versions(history.applied())).containsExactly("3nf", "a");
  }

  @Test
  void theWayBackIsNoMigration() {
    assertThat(order("001.do.a.sql", "001.undo.a.sql", "002.do.b.sql", "002.undo.b.sql"))
        .containsExactly("001.do.a.sql", "002.do.b.sql");
    assertThat(order("1_a.sql", "1_a_down.sql", "2_b.rollback.sql", "2-b-up.sql", "3_undo.sql"))
        .containsExactly("1_a.sql", "2-b-up.sql");
  }

  @Test
  void eachStatementCommitsByItself() {
    History history = Tree.empty().having("migrations/1_a.sql").history();

    assertThat(history.layout()).isEqualTo("plain");
    assertThat(history.applied().getFirst().transaction()).isEqualTo(Transaction.NONE);
    assertThat(history.prelude()).isEmpty();
    assertThat(history.placeholders()).isEmpty();
  }

  @Test
  void aSeriesOfNumberedFilesIsAHistoryAnywhere() {
    assertThat(Tree.empty().having("backend/ddl2/001_a.sql", "backend/ddl2/002_b.sql").histories())
        .hasSize(1);
    assertThat(Tree.empty().having("db/001_a.sql").histories()).hasSize(1);
    assertThat(Tree.empty().having("data/sql/001_a.sql").histories()).hasSize(1);
    assertThat(Tree.empty().having("migrations/postgres/001_a.sql").histories()).hasSize(1);
  }

  @Test
  void whatIsNoSeriesIsNoHistory() {
    for (Tree tree :
        List.of(
            Tree.empty().having("backend/one/001_a.sql"),
            Tree.empty()
                .having("sql/schema/v0.sql", "sql/schema/v1-core.sql", "sql/schema/stubs.sql"),
            Tree.empty().having("pkg/sqlc/users.sql", "pkg/sqlc/orders.sql"),
            Tree.empty().having("app/queries/01_a.sql", "app/queries/02_b.sql"),
            Tree.empty().having("schema/data/dev/01_a.sql", "schema/data/dev/02_b.sql"),
            Tree.empty().having("scripts/cleanup.sql"),
            Tree.empty().having("docker-entrypoint-initdb.d/01_a.sql"),
            Tree.empty().having("src/fixtures/01_a.sql", "src/fixtures/02_b.sql"),
            Tree.empty().having("src/__unit__/run-migration/1_a.sql"),
            Tree.empty().having("app/target/classes/db/migration/V1__a.sql"),
            Tree.empty().having("build/resources/main/db/migration/V1__a.sql"),
            Tree.empty().having("src/stub/migrations/01_a.sql", "src/stub/migrations/02_b.sql"),
            Tree.empty().having("crate/test_synapse_migrations/20250117064958_users.sql"),
            Tree.empty().having("src/test/resources/db/migration/V1__a.sql"),
            Tree.empty().having("examples/shop/migrations/1_a.sql"),
            Tree.empty().having("node_modules/x/migrations/1_a.sql"),
            Tree.empty().having("db/migrations/seeds/1_a.sql"))) {
      assertThat(tree.histories()).as(tree.files().keySet().toString()).isEmpty();
    }
  }

  @Test
  void anOlderNumberIsReportedAndAnEarlierNameIsNot() {
    Tree numbered = Tree.empty().having("migrations/1_a.sql", "migrations/3_c.sql");
    assertThat(Tree.problems(numbered.to(numbered.having("migrations/2_b.sql"))))
        .containsExactly("late migrations/2_b.sql:1:1 [2]");

    Tree named = Tree.empty().having("migrations/b.sql");
    assertThat(named.to(named.having("migrations/a.sql")).problems()).isEmpty();
  }

  @Test
  void aRenamedFileIsNotRunAgain() {
    Tree base = Tree.empty().with("migrations/1_a.sql", "create table a (id int primary key);");

    History history =
        base.to(
            base.without("migrations/1_a.sql")
                .with("migrations/2_a.sql", "create table a (id int primary key);"));

    assertThat(Tree.problems(history)).containsExactly("renamed migrations/2_a.sql:1:1 [2]");
    assertThat(history.pending()).isEmpty();
  }

  @Test
  void aJournalOfDrizzlesThatListsNoneOfTheFilesWasGivenUp() {
    Tree tree =
        Tree.empty()
            .having("drizzle/0001_a.sql", "drizzle/0002_b.sql")
            .with("drizzle/meta/_journal.json", "{\"entries\": [{\"tag\": \"0000_gone\"}]}");
    assertThat(Tree.paths(tree.history().applied()))
        .containsExactly("drizzle/0001_a.sql", "drizzle/0002_b.sql");
    assertThat(tree.history().applied().getFirst().transaction()).isEqualTo(Transaction.NONE);
    History change = tree.to(tree.having("drizzle/0003_c.sql"));
    assertThat(Tree.paths(change.pending())).containsExactly("drizzle/0003_c.sql");
    assertThat(change.problems()).isEmpty();
  }

  @Test
  void aDirectoryOfVersionsIsAHistoryWhenItIsAskedFor() {
    Tree tree =
        Tree.empty()
            .having("db/versioned/v1.9/orders.sql", "db/versioned/v1.10/manifest.json")
            .having("db/versioned/v1.10/customers.sql", "db/versioned/notes/x.sql");
    HistoryFinder everywhere = new HistoryFinder(Search.everywhere());
    assertThat(everywhere.newest(tree.tree(), 0).histories()).isEmpty();
    assertThat(everywhere.newest(tree.tree(), 0).elsewhere())
        .contains(
            "db/versioned has a directory of SQL for each of 2 versions: when those are the migrations, --dir db/versioned takes them in the order of the versions.");

    Found asked =
        new HistoryFinder(Search.everywhere().in(Path.of("db/versioned"))).newest(tree.tree(), 1);
    assertThat(Tree.paths(asked.histories().getFirst().applied()))
        .containsExactly("db/versioned/v1.9/orders.sql");
    assertThat(Tree.paths(asked.histories().getFirst().pending()))
        .containsExactly("db/versioned/v1.10/customers.sql");
    assertThat(asked.elsewhere()).isEmpty();
  }

  @Test
  void numberedFilesInDirectoriesNamedForVersionsAreOneHistory() {
    Tree tree =
        Tree.empty()
            .having("db/migration/0.2/9__c.sql", "db/migration/0.2/10__d.up.sql")
            .having("db/migration/0.2/10__d.down.sql", "db/migration/0.1/00__a.sql")
            .having("db/migration/0.10/00__e.sql", "db/migration/LATEST.sql");

    History history = tree.history();
    assertThat(history.directory()).isEqualTo(Path.of("db/migration"));
    assertThat(Tree.paths(history.applied()))
        .containsExactly(
            "db/migration/0.1/00__a.sql",
            "db/migration/0.2/9__c.sql",
            "db/migration/0.2/10__d.up.sql",
            "db/migration/0.10/00__e.sql");

    History change = tree.to(tree.having("db/migration/0.9/03__f.sql"));
    assertThat(Tree.problems(change))
        .containsExactly("late db/migration/0.9/03__f.sql:1:1 [0.9/03]");
    assertThat(change.problems().getFirst().detail())
        .startsWith("The newest migration at the base is 0.10/00: ");

    assertThat(
            Tree.empty()
                .having("migrations/1/01_a.up.sql", "migrations/2/01_b.up.sql", "sql/01_c.up.sql")
                .histories())
        .extracting(History::layout)
        .containsExactly("plain", "golang-migrate");
  }

  @Test
  void directoriesOfWhichOneIsNoVersionAreHistoriesOfTheirOwn() {
    assertThat(
            Tree.empty()
                .having("migrations/1/01_a.sql", "migrations/2/01_b.sql", "migrations/x/01_c.sql")
                .histories())
        .hasSize(3);
  }

  @Test
  void whatOnlyAsksIsNoSeriesBesideTheMigrationsOfATool() {
    Tree checks =
        Tree.empty()
            .with("checks/migration/01_count.sql", "\\pset pager off\n-- how many\nselect 1;\n")
            .with("checks/migration/02_more.sql", "with a as (select 1) select * from a");
    Tree tree = checks.having("db/migration/V1__a.sql");
    Found found = tree.found();

    assertThat(found.histories()).extracting(History::layout).containsExactly("flyway");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "checks/migration has SQL files with nothing but queries, and the migrations of Flyway"
                + " lie elsewhere (--dir checks/migration lints them)");
    assertThat(checks.histories()).hasSize(1);
    for (String change :
        List.of("create table a ();", "select 1 into a;", "with a as (delete from b) select 1;")) {
      assertThat(tree.with("checks/migration/03_b.sql", "select 1;\n" + change).histories())
          .as(change)
          .hasSize(2);
    }
  }

  @Test
  void whatIsInNoOrderIsNoSeriesBesideTheMigrationsOfATool() {
    Tree tree =
        Tree.empty().having("db/migration/V1__a.sql", "scripts/migration/users.sql", "sql/1_a.sql");
    Found found = tree.found();

    assertThat(found.histories())
        .extracting(history -> history.directory().toString())
        .containsExactly("db/migration", "sql");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "scripts/migration has SQL files whose names put them in no order, and the migrations of"
                + " Flyway lie elsewhere (--dir scripts/migration lints them)");
    assertThat(tree.found(Search.everywhere().in(Path.of("scripts/migration"))).histories())
        .hasSize(1);
  }

  @Test
  void eachMayHaveADirectoryWhoseNumberPutsItInOrder() {
    Tree tree =
        Tree.empty()
            .having("store/10-more/up.sql", "store/9-some/up.sql", "store/9-some/notes.yaml")
            .having("store/9-some/down.sql", "store/9-some/up_tests_after.sql");
    History history = tree.history();

    assertThat(history.layout()).isEqualTo("plain");
    assertThat(Tree.versions(history.applied())).containsExactly("9", "10");
    assertThat(history.applied().getFirst().down()).isPresent();
    assertThat(history.applied().getFirst().description()).isEqualTo("some");
    assertThat(Tree.empty().having("store/first/up.sql").histories()).isEmpty();
  }

  @Test
  void whatTheUserNamesOneByOneMayLieInSuchDirectories() {
    Path ten = Path.of("m/10-b/up.sql");
    Path nine = Path.of("m/9-a/up.sql");
    Layout layout = PlainFiles.ofAnyName().fittedToNamed(List.of(ten, nine));

    assertThat(layout.role(ten)).isEqualTo(new Role.Forward(Version.numbered("10"), "b"));
    assertThat(layout.role(nine)).isEqualTo(new Role.Forward(Version.numbered("9"), "a"));
  }

  @Test
  void whatLiesBesideNumberedFilesInADirectoryThatTheUserNamedIsNoMigration() {
    Search scripts = Search.everywhere().in(Path.of("scripts"));
    Tree tree = Tree.empty().having("scripts/1_a.sql", "scripts/2_b.sql", "scripts/full.sql");

    assertThat(Tree.versions(tree.found(scripts).histories().getFirst().applied()))
        .containsExactly("1", "2");
    Tree names = Tree.empty().having("scripts/1_a.sql", "scripts/b.sql", "scripts/c.sql");
    assertThat(Tree.versions(names.found(scripts).histories().getFirst().applied()))
        .containsExactly("1", "b", "c");
  }
}
