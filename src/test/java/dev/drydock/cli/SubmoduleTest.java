package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations in a git submodule are not seen from around it, and that is said. */
class SubmoduleTest {
  private static final String TABLE = "create table t (id bigint primary key);\n";

  @TempDir private Path directory;
  private GitRepository repository;
  private GitRepository module;
  private String before;

  @BeforeEach
  void aRepositoryWithItsMigrationsInASubmodule() {
    repository = GitRepository.create(directory);
    module = GitRepository.create(directory.resolve("db/schema"));
    before = module.write("migrations/V1__a.sql", TABLE).commit("one");
    repository.write("README.md", "words\n").commit("start");
    repository.branch("topic");
  }

  @AfterEach
  void close() {
    module.close();
    repository.close();
  }

  private CommandLineRun lint(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "lint";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return CommandLineRun.in(directory, command);
  }

  private void more() {
    module.write("migrations/V2__b.sql", "drop table t;\n").commit("two");
  }

  private String toldHow() {
    return "To lint those, run Drydock in the submodule's own repository, or here in its checkout: at a"
        + " terminal drydock lint --base %s in db/schema; in a workflow with the inputs"
            .formatted(before.substring(0, 12))
        + " working-directory: db/schema and base: %s, and submodules: true and fetch-depth: 0 for"
            .formatted(before.substring(0, 12))
        + " actions/checkout.";
  }

  @Test
  void thatAChangeMovesOneIsNoAllClear() {
    repository.write("migrations/V1__a.sql", TABLE).commit("change");
    more();
    for (boolean committed : new boolean[] {false, true}) {
      if (committed) {
        repository.commit("moved");
      }
      CommandLineRun run = lint("--base", "main");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out().replaceAll("\\s+", " "))
          .contains(
              "note: db/schema is a git submodule that the change moves to another commit; migrations"
                  + " in it were not looked at. "
                  + toldHow());
    }
    CommandLineRun within =
        CommandLineRun.in(
            directory.resolve("db/schema"), "lint", "--base", before.substring(0, 12));
    assertThat(within.out()).contains("table-drop");
  }

  @Test
  void thatAChangeRemovesOneIsNoAllClearEither() throws Exception {
    module.close();
    Git.wrap(repository.repository()).rm().setCached(true).addFilepattern("db/schema").call();
    FileUtils.delete(directory.resolve("db").toFile(), FileUtils.RECURSIVE);
    repository.write("migrations/V1__a.sql", TABLE).commit("removed");
    CommandLineRun removed = lint("--base", "main");
    repository.write("db/schema/migrations/V1__a.sql", TABLE).commit("as files");
    CommandLineRun replaced = lint("--base", "main");

    assertThat(removed.status()).as(removed.err()).isZero();
    assertThat(removed.out().replaceAll("\\s+", " "))
        .contains(
            "note: db/schema is a git submodule that the change removes; migrations in it were not"
                + " looked at.");
    assertThat(replaced.out().replaceAll("\\s+", " "))
        .contains(
            "note: db/schema was a git submodule, and the change puts files of the repository itself"
                + " in its place;");
  }

  @Test
  void oneThatStaysAsItWasIsNoNews() {
    repository.write("migrations/V1__a.sql", TABLE).commit("change");

    assertThat(lint("--base", "main").out()).doesNotContain("submodule");
    assertThat(lint("--newest", "1").out()).doesNotContain("submodule");
  }

  @Test
  void oneThatIsNewIsToldOf() {
    try (GitRepository other = GitRepository.create(directory.resolve("other"))) {
      other.write("V1__a.sql", TABLE).commit("one");
      repository.write("migrations/V1__a.sql", TABLE).commit("change");

      assertThat(lint("--base", "main").out().replaceAll("\\s+", " "))
          .contains(
              "note: other is a git submodule that the change adds; migrations in it were not");
    }
  }

  @Test
  void aDirectoryInOneIsNotSaidToHaveNoMigrations() {
    more();
    repository.commit("moved");
    String lies =
        "db/schema/migrations lies in db/schema, which is a git submodule; migrations in it are not"
            + " looked at from the repository around it. ";

    CommandLineRun compared = lint("--base", "main", "--dir", "db/schema/migrations");
    CommandLineRun newest = lint("--newest", "1", "--dir", "db/schema/migrations");

    assertThat(compared.status()).isEqualTo(2);
    assertThat(compared.err()).contains(lies + toldHow());
    assertThat(newest.status()).isEqualTo(2);
    assertThat(newest.err()).contains(lies + "To lint those, run Drydock in");
  }
}
