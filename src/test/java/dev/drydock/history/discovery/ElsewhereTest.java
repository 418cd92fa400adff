package dev.drydock.history.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.layout.Layouts;
import dev.drydock.history.layout.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElsewhereTest {

  private static Optional<String> of(String... files) {
    return Elsewhere.of(List.of(files).stream().map(Path::of).toList());
  }

  @Test
  void aToolWhoseMigrationsAreCodeIsNamedWithTheWayToTheirSql() {
    assertThat(of("README.md", "server/migrations/versions/2024-01-02_add_it.py"))
        .contains(
            "server/migrations/versions looks like Alembic, whose migrations are not SQL. Drydock lints the SQL they run (`alembic upgrade BASE:HEAD --sql` writes it): drydock lint new.sql --applied schema.sql, where schema.sql is a dump of what production has.");
  }

  @Test
  void theDumpThatTheToolKeepsIsNamed() {
    assertThat(of("db/migrate/20240101000000_a.rb", "db/structure.sql").orElseThrow())
        .endsWith(
            " where schema.sql is a dump of what production has, such as db/structure.sql before the change (git show BASE:db/structure.sql > schema.sql).");
  }

  @Test
  void eachToolIsKnownByThePathsOfItsMigrations() {
    assertThat(of("shop/migrations/0001_initial.py").orElseThrow()).contains("like Django");
    assertThat(of("src/main/resources/db/changelog/tenant/0001_a.xml").orElseThrow())
        .contains("like Liquibase");
    assertThat(of("db/migrate/20240101000000_a.rb").orElseThrow()).contains("like Rails");
    assertThat(of("priv/repo/migrations/20240101000000_a.exs").orElseThrow()).contains("like Ecto");
    assertThat(of("database/migrations/2024_01_01_000000_a.php").orElseThrow())
        .contains("like Laravel");
    assertThat(of("Data/Migrations/20240101000000_A.cs").orElseThrow())
        .contains("like Entity Framework");
    assertThat(of("api/src/migrations/1700000000000-Add.ts").orElseThrow())
        .contains("like a tool of JavaScript's");
  }

  @Test
  void ofDirectoriesPerVersionTheOneForThisDatabaseIsMeant() {
    assertThat(of("mysql/v1/a.sql", "mysql/v2/b.sql", "pg/v1/a.sql", "pg/v2/b.sql"))
        .contains(
            "pg has a directory of SQL for each of 2 versions: when those are the migrations, --dir pg takes them in the order of the versions.");
    assertThat(of("mysql/v1/a.sql", "mysql/v2/b.sql")).isEmpty();
  }

  @Test
  void aTreeOfNothingOfTheKindSaysNothing() {
    assertThat(of(".github/changelog/release.yml", ".changeset/config.json", "changelog.json"))
        .isEmpty();
    assertThat(of("src/versions.py", "CHANGELOG.md", "a/1.0/x.sql", "web/migrations/index.ts"))
        .isEmpty();
  }

  @Test
  void ofADirectoryThatWasNamedItSaysWhatLiesThereAndWhatWouldBeTaken() {
    Tree tree = Tree.empty().having("db/a/up.sql", "db/a/down.sql", "db/b/up.sql", "db/x.md");
    Search search = Search.everywhere().in(Path.of("db"));

    assertThat(new HistoryFinder(search).newest(tree.tree(), 1).elsewhere())
        .contains(
            "What lies there is db/a/down.sql, db/a/up.sql, db/b/up.sql and 1 more. SQL files directly in a directory are taken in the order of their names; below it, a tool's own are, such as <version>_<name>/up.sql (diesel) or <version>_<name>/migration.sql (Prisma). Or name the files themselves, in their order.");
    assertThat(
            new HistoryFinder(search.as(Layouts.byId("prisma").orElseThrow()))
                .newest(tree.tree(), 1)
                .elsewhere())
        .contains(
            "What lies there is db/a/down.sql, db/a/up.sql, db/b/up.sql and 1 more, and Prisma runs files named <version>_<name>/migration.sql.");
    assertThat(
            new HistoryFinder(Search.everywhere().in(Path.of("sql")))
                .newest(tree.tree(), 1)
                .elsewhere())
        .contains("sql has no files here.");
    assertThat(
            new HistoryFinder(Search.everywhere().in(Path.of("app")))
                .newest(tree.having("app/migrations/0001_initial.py").tree(), 1)
                .elsewhere()
                .orElseThrow())
        .contains("like Django");
  }

  @Test
  void aSeriesUnderANameThatSaysNothingIsPointedAt() {
    assertThat(
            of(
                "schema/migration-1-01.sql",
                "schema/migration-1-02.sql",
                "schema/migration-1-03.sql",
                "schema/migration-2-01.sql",
                "schema/migration-2-02.sql",
                "test/1.sql",
                "test/v1/a.sql",
                "test/v2/a.sql",
                "sqlite/up1.sql"))
        .contains(
            "schema has 5 SQL files with numbers in their names: when those are the migrations, --dir schema takes them in the order of their names.");
    assertThat(of("schema/a1.sql", "schema/a2.sql")).isEmpty();
  }
}
