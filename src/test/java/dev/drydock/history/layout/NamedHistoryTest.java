package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The history that files named one by one, without git, are taken for. */
class NamedHistoryTest {
  @TempDir Path temp;

  @Test
  void filesWithoutGitAreOneHistory() throws IOException {
    Path applied = Files.createDirectories(temp.resolve("applied"));
    Files.writeString(applied.resolve("V1__a.sql"), "create table a ();");
    Files.writeString(applied.resolve("V2__b.sql"), "create table b ();");
    Files.writeString(temp.resolve("V3__c.sql"), "create table c ();");

    History history = among(List.of(Path.of("applied")), List.of(Path.of("V3__c.sql")), "");

    assertThat(history.layout()).isEqualTo("flyway");
    assertThat(Tree.paths(history.applied()))
        .containsExactly("applied/V1__a.sql", "applied/V2__b.sql");
    assertThat(Tree.paths(history.pending())).containsExactly("V3__c.sql");
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void aFileThatIsNamedAsBothIsPending() throws IOException {
    Path m = Files.createDirectories(temp.resolve("m"));
    Files.writeString(m.resolve("1.sql"), "create table a ();");
    Files.writeString(m.resolve("2.sql"), "create table b ();");

    History history = among(List.of(m), List.of(m.resolve("2.sql")), "");

    assertThat(history.layout()).isEqualTo("plain");
    assertThat(history.applied()).hasSize(1);
    assertThat(Tree.paths(history.pending())).containsExactly("m/2.sql");
    assertThat(history.problems()).isEmpty();
    assertThat(among(List.of(Path.of("m")), List.of(m.resolve("2.sql")), "").applied()).hasSize(1);
  }

  @Test
  void filesMayLieOnEitherSideOfTheWorkingDirectory() throws IOException {
    Path here = Files.createDirectories(temp.resolve("oracle/here"));
    Files.createDirectory(here.resolve("m"));
    Files.writeString(here.resolve("m/2_b.sql"), "drop table a;");
    Files.writeString(temp.resolve("oracle/1_a.sql"), "create table a ();");
    Files.writeString(temp.resolve("oracle/3_c.sql"), "create table c ();");
    Path inside = Path.of("m/2_b.sql");
    for (Path applied : List.of(temp.resolve("oracle/1_a.sql"), Path.of("../1_a.sql"))) {
      for (Path pending : List.of(inside, here.resolve(inside), Path.of("../3_c.sql"))) {
        History history =
            new HistoryFinder(Search.everywhere())
                .among(
                    FileTree.named(here, List.of(applied), FileTree.DEFAULT_LIMIT),
                    FileTree.named(here, List.of(pending), FileTree.DEFAULT_LIMIT));

        assertThat(Tree.paths(history.applied())).containsExactly(applied.toString());
        assertThat(history.pending()).hasSize(1);
        assertThat(history.problems()).isEmpty();
        assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
      }
    }
  }

  @Test
  void theUsersWordGoesBeforeTheNamesOfTheFoldersAndTheWordsInTheFiles() throws IOException {
    Files.createDirectories(temp.resolve("mysql"));
    Files.writeString(temp.resolve("mysql/1_a.sql"), "create table a (b longtext, c longtext);");
    Files.writeString(temp.resolve("1_a.sql"), "create table a (b longtext, c longtext);");
    List<Path> below = List.of(Path.of("mysql/1_a.sql"));

    assertThat(among(List.of(), below, "").dialect()).isEqualTo(Dialect.MYSQL);
    assertThat(among(List.of(), List.of(Path.of("1_a.sql")), "").dialect())
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(
            new HistoryFinder(Search.everywhere().forPostgresql())
                .among(
                    FileTree.named(temp, List.of(), FileTree.DEFAULT_LIMIT),
                    FileTree.named(temp, below, FileTree.DEFAULT_LIMIT))
                .dialect())
        .isEqualTo(Dialect.POSTGRESQL);
  }

  @ParameterizedTest
  @CsvSource({
    "flyway, migrations/V2__x.sql",
    "golang-migrate, migrations/2_x.up.sql",
    "goose, migrations/2_x.sql",
    "sql-migrate, migrations/2_x.sql",
    "dbmate, migrations/20240102000000_x.sql",
    "diesel, migrations/2024-01-02-000000_x/up.sql",
    "sqlx, migrations/2_x.sql",
    "prisma, migrations/20240102000000_x/migration.sql",
    "drizzle, migrations/0002_x.sql",
    "pop, migrations/20240102000000_x.up.sql",
    "supabase, supabase/migrations/20240102000000_x.sql",
    "hasura, migrations/default/2_x/up.sql",
    "atlas, migrations/20240102000000_x.sql",
    "bun, migrations/20240102000000_x.up.sql",
    "play, evolutions/default/2.sql",
    "postgrator, migrations/002.do.x.sql",
    "sqitch, deploy/x.sql",
    "mybatis, scripts/20240102000000_x.sql",
    "db-migrate, migrations/sqls/20240102000000-x-up.sql",
    "graphile-migrate, migrations/committed/000002-x.sql",
    "node-pg-migrate, migrations/1704153600000_x.sql",
    "tern, migrations/002_x.sql",
    "refinery, migrations/V2__x.sql",
    "liquibase, changes/2_x.sql",
    "plain, migrations/0002_x.sql",
  })
  void aDumpThatIsNamedAsAppliedRunsFirstWhateverTheTool(String layout, String pending)
      throws IOException {
    Files.createDirectories(temp.resolve(pending).getParent());
    Files.writeString(temp.resolve("schema.sql"), "create table t (id bigint primary key);\n");
    String mark =
        switch (layout) {
          case "goose" -> "-- +goose Up\n";
          case "sql-migrate" -> "-- +migrate Up\n";
          case "dbmate" -> "-- migrate:up\n";
          case "play" -> "# --- !Ups\n";
          case "liquibase" -> "--liquibase formatted sql\n--changeset a:1\n";
          default -> "";
        };
    String back = layout.equals("dbmate") ? "-- migrate:down\n" : "";
    Files.writeString(temp.resolve(pending), mark + "drop table t;\n" + back);

    History history = among(List.of(Path.of("schema.sql")), List.of(Path.of(pending)), layout);

    assertThat(history.applied())
        .singleElement()
        .satisfies(
            dump ->
                assertThat(dump.up().text())
                    .isEqualTo("create table t (id bigint primary key);\n"));
    assertThat(Tree.paths(history.pending())).containsExactly(pending);
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void aDumpRunsBeforeTheMigrationsThatProductionHasBesides() throws IOException {
    Files.createDirectories(temp.resolve("m"));
    Files.writeString(temp.resolve("schema.sql"), "create table t ();");
    Files.writeString(temp.resolve("m/V1__a.sql"), "drop table t;");
    Files.writeString(temp.resolve("m/U1__a.sql"), "create table t ();");
    Files.writeString(temp.resolve("m/notes.sql"), "select 1;");
    Files.writeString(temp.resolve("m/V2__b.sql"), "select 2;");

    History history =
        among(List.of(Path.of("m"), Path.of("schema.sql")), List.of(Path.of("m/V2__b.sql")), "");

    assertThat(Tree.paths(history.applied())).containsExactly("schema.sql", "m/V1__a.sql");
  }

  @Test
  void aDumpThatHasTheTableOfTheToolIsOfTheWholeDatabase() throws IOException {
    Files.writeString(temp.resolve("V2__x.sql"), "drop table t;");
    Files.writeString(temp.resolve("schema.sql"), "create table public.t ();");
    List<Path> dump = List.of(Path.of("schema.sql"));
    List<Path> pending = List.of(Path.of("V2__x.sql"));

    assertThat(among(dump, pending, "").prelude()).contains("flyway_schema_history");
    Files.writeString(
        temp.resolve("schema.sql"), "CREATE TABLE public.flyway_schema_history (a int);");
    assertThat(among(dump, pending, "").prelude()).isEmpty();
  }

  @Test
  void aDumpWithTheMarksOfTheToolIsNotRunBackwards() throws IOException {
    Files.writeString(temp.resolve("2_x.sql"), "-- +goose Up\ndrop table t;\n");
    Files.writeString(
        temp.resolve("schema.sql"),
        "-- +goose Up\ncreate table t ();\n-- +goose Down\ndrop table t;\n");

    History history = among(List.of(Path.of("schema.sql")), List.of(Path.of("2_x.sql")), "");

    assertThat(history.applied())
        .singleElement()
        .satisfies(dump -> assertThat(dump.up().text()).isEqualTo("create table t ();\n"));
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void namedFilesNeedNoNumbers() throws IOException {
    Files.writeString(temp.resolve("change.sql"), "create table a ();");
    Files.writeString(temp.resolve("1_schema.sql"), "create table b ();");

    History history = among(List.of(Path.of("1_schema.sql")), List.of(Path.of("change.sql")), "");

    assertThat(Tree.paths(history.applied())).containsExactly("1_schema.sql");
    assertThat(Tree.paths(history.pending())).containsExactly("change.sql");
  }

  @Test
  void namedFilesWithoutANumberGoOnlyTheirToolsWayForward() throws IOException {
    Files.writeString(
        temp.resolve("change.sql"),
        "-- +goose Up\ncreate table a ();\n-- +goose Down\ndrop table a;\n");

    History history = among(List.of(), List.of(Path.of("change.sql")), "");

    assertThat(history.layout()).isEqualTo("goose");
    assertThat(history.pending())
        .singleElement()
        .satisfies(
            migration -> assertThat(migration.up().text()).isEqualTo("create table a ();\n"));
  }

  @Test
  void namedFilesOfOneDirectoryEachAreRecognised() throws IOException {
    for (String name : List.of("20240101000000_a", "20240102000000_b")) {
      Files.createDirectories(temp.resolve("migrations").resolve(name));
      Files.writeString(temp.resolve("migrations").resolve(name).resolve("migration.sql"), "");
    }
    Files.writeString(
        temp.resolve("migrations/migration_lock.toml"), "provider = \"postgresql\"\n");

    History history =
        among(
            List.of(Path.of("migrations")),
            List.of(Path.of("migrations/20240102000000_b/migration.sql")),
            "");

    assertThat(history.layout()).isEqualTo("prisma");
    assertThat(history.directory()).isEqualTo(Path.of("migrations"));
    assertThat(Tree.versions(history.applied())).containsExactly("20240101000000_a");
    assertThat(Tree.versions(history.pending())).containsExactly("20240102000000_b");
  }

  @Test
  void directoriesNamedForVersionsPutFilesWithoutNumbersInOrder() throws IOException {
    for (String file : List.of("v1.2/zones.sql", "v1.10/areas.sql", "v1.10/beds.sql")) {
      Files.createDirectories(temp.resolve(file).getParent());
      Files.writeString(temp.resolve(file), "");
    }

    History history =
        among(List.of(Path.of("v1.2"), Path.of("v1.10")), List.of(Path.of("v1.10/beds.sql")), "");

    assertThat(Tree.paths(history.applied())).containsExactly("v1.2/zones.sql", "v1.10/areas.sql");
    assertThat(Tree.paths(history.pending())).containsExactly("v1.10/beds.sql");
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void theCrateAroundNamedFilesTellsTheTool() throws IOException {
    Files.createDirectories(temp.resolve("migrations"));
    Files.writeString(temp.resolve("Cargo.toml"), "sqlx = \"0.8\"\n");
    Files.writeString(temp.resolve("migrations/1_a.sql"), "");

    assertThat(among(List.of(), List.of(Path.of("migrations/1_a.sql")), "").layout())
        .isEqualTo("sqlx");
    assertThat(among(List.of(), List.of(Path.of("migrations/1_a.sql")), "plain").layout())
        .isEqualTo("plain");
  }

  @Test
  void aNamedTemplateIsToldAndTheFirstFileMayHaveAnyNumber() throws IOException {
    Files.writeString(temp.resolve("7_a.sql"), "a;\n---- create above / drop below ----\n");
    Files.writeString(temp.resolve("8_b.sql"), "grant all on a to {{.reader}};\n");

    History history = among(List.of(), List.of(Path.of("7_a.sql"), Path.of("8_b.sql")), "");

    assertThat(history.layout()).isEqualTo("tern");
    assertThat(Tree.paths(history.pending())).containsExactly("7_a.sql");
    assertThat(Tree.problems(history)).containsExactly("not-sql 8_b.sql:1:1 [8]");
  }

  @Test
  void namedFilesOfAToolWithoutALayoutAreRefused() throws IOException {
    Files.createDirectory(temp.resolve("dbmigration"));
    Files.writeString(temp.resolve("dbmigration/V1__a.sql"), "");
    List<Path> named = List.of(Path.of("dbmigration/V1__a.sql"));

    assertThatThrownBy(() -> among(List.of(), named, ""))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("are written for Ebean, which Drydock has no layout for");
    assertThat(among(List.of(), named, "plain").pending()).hasSize(1);
  }

  private History among(List<Path> applied, List<Path> pending, String layout) {
    Search search = Layouts.byId(layout).map(Search.everywhere()::as).orElseGet(Search::everywhere);
    return new HistoryFinder(search)
        .among(
            FileTree.named(temp, applied, FileTree.DEFAULT_LIMIT),
            FileTree.named(temp, pending, FileTree.DEFAULT_LIMIT));
  }
}
