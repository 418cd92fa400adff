package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.source.Checkout;
import dev.drydock.source.FileTree;
import dev.drydock.source.GitRepository;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignToolTest {
  @TempDir Path temp;

  @Test
  void filesOfToolsWithoutALayoutArePassedOver() {
    Tree tree =
        Tree.empty()
            .with("d/dbmigration/V1__a.sql", "select 1;")
            .with("e/migrations/1_a/up.sql", "")
            .with("e/migrations/1_a/metadata.yaml", "")
            .with("f/migrations/pg.sql", "--\n-- 2 up\nselect 1;\n-- 2 down\nselect 2;\n")
            .with("g/migrations/00-latest.sql", "-- v0 -> v4 (compatible with v3+): Latest\n")
            .with("h/migrations/00-latest.sql", "-- v4 is the latest\n-- 3 up for review\n");

    Found found = tree.found();

    assertThat(found.histories())
        .extracting(history -> history.directory().toString())
        .containsExactly("h/migrations");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "d/dbmigration is written for Ebean, which Drydock has no layout for",
            "e/migrations is written for Sourcegraph's migrator, which Drydock has no layout for",
            "f/migrations is written for the migrations of Mojo::Pg, which Drydock has no layout for",
            "g/migrations is written for the dbutil of mautrix, which Drydock has no layout for");
  }

  @Test
  void wholeSchemasAndWhatLeadsFromOneToTheNextAreToldOfOnce() {
    Tree tree =
        Tree.empty()
            .having("db/_source/deploy/1/001-auto.yml", "db/_source/deploy/2/001-auto.yml")
            .having("db/PostgreSQL/deploy/1/001-auto.sql", "db/PostgreSQL/deploy/2/001-auto.sql")
            .having("db/PostgreSQL/upgrade/1-2/001-auto.sql")
            .having("other/PostgreSQL/deploy/1/001-a.sql", "other/PostgreSQL/deploy/1/002-b.sql")
            .having("other/PostgreSQL/deploy/2/001-a.sql", "other/PostgreSQL/deploy/2/002-b.sql");

    Found found = tree.found();

    assertThat(found.histories())
        .extracting(history -> history.directory().toString())
        .containsExactly("other/PostgreSQL/deploy");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "db is written for DBIx::Class::DeploymentHandler, which Drydock has no layout for (drydock lint"
                + " db/PostgreSQL/upgrade/A-B/*.sql --applied db/PostgreSQL/deploy/A lints an upgrade)");
  }

  @Test
  void filesInNoOrderAreNoSeriesBesideAToolWithoutALayoutEither() {
    Tree tree =
        Tree.empty()
            .with("d/dbmigration/V1__a.sql", "select 1;")
            .with("sql/tables/migrations/schema.sql", "create table a (id int);");

    Found found = tree.found();

    assertThat(found.histories()).isEmpty();
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .contains(
            "sql/tables/migrations has SQL files whose names put them in no order, and the migrations of"
                + " Ebean lie elsewhere (--dir sql/tables/migrations lints them)");
  }

  @Test
  void ofWhatIsPassedOverIsSaidWhetherTheChangeTouchesIt() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("a/dbmigration/V1__a.sql", "select 1;");
      git.write("b/dbmigration/V1__a.sql", "select 1;").commit("base");
      git.branch("change").write("b/dbmigration/V2__b.sql", "select 1;");

      try (Checkout checkout = Checkout.open(git.root(), FileTree.DEFAULT_LIMIT)) {
        Found found =
            new HistoryFinder(Search.everywhere())
                .in(checkout.changes(Optional.of("main"), Optional.empty()));

        assertThat(found.passedOver())
            .containsExactly(
                Found.PassedOver.foreign(Path.of("a/dbmigration"), "Ebean"),
                new Found.PassedOver(
                    Path.of("b/dbmigration"),
                    "is written for Ebean, which Drydock has no layout for",
                    true));
      }
    }
  }
}
