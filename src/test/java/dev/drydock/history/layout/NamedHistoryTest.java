package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.history.History;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(Tree.paths(history.pending())).containsExactly(m.resolve("2.sql").toString());
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
