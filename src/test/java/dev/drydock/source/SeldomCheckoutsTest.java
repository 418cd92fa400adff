package dev.drydock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkouts of kinds that only git itself makes. */
class SeldomCheckoutsTest extends InRepository {

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void whatASparseIndexLeavesOutIsNotDeleted(int version) throws Exception {
    git.write("src/x.txt", "x")
        .write("db/m/1.sql", "select 1;")
        .write("db/y.txt", "")
        .commit("one");
    git.ref("refs/remotes/origin/main", "main");
    git.branch("feature").write("db/m/2.sql", "select 2;").write("src/z/x.txt", "").commit("two");
    sparse();
    git("update-index", "--index-version", String.valueOf(version));
    assertThat(root.resolve("db")).doesNotExist();
    git.write("src/new.txt", "new").delete("src/x.txt");

    try (Checkout checkout = open(root)) {
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(
              new Change.Added(Path.of("db/m/2.sql")),
              new Change.Added(Path.of("src/new.txt")),
              new Change.Deleted(Path.of("src/x.txt")),
              new Change.Added(Path.of("src/z/x.txt")));
      assertThat(checkout.workingTree().read(Path.of("db/m/1.sql")).text()).isEqualTo("select 1;");
    }
  }

  @Test
  void aFileThatIsBackInASparseDirectoryIsReadFromTheDisk() throws Exception {
    git.write("src/x.txt", "").write("db/1.sql", "select 1;").commit("one");
    sparse();
    git.write("db/1.sql", "select 2;");

    try (Checkout checkout = open(root)) {
      assertThat(checkout.workingTree().read(Path.of("db/1.sql")).text()).isEqualTo("select 2;");
    }
  }

  @Test
  void aRepositoryMayLieApartFromItsWorkingTree() throws Exception {
    git.write("a/1.sql", "").commit("one");
    git.ref("refs/remotes/origin/main", "main");
    git.branch("feature").write("a/2.sql", "").commit("two");
    git("init", "-q", "--separate-git-dir", temp.resolve("apart").toString());
    assertThat(root.resolve(".git")).isRegularFile();

    try (Checkout checkout = open(root.resolve("a"))) {
      assertThat(checkout.root()).isEqualTo(root);
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("a/2.sql")));
    }
    assertThatThrownBy(() -> open(temp.resolve("apart")))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "%s is the git directory of a working tree that lies elsewhere, so there are no files to lint. Run it in the working tree."
                .formatted(temp.resolve("apart")));
  }

  private void sparse() throws IOException, InterruptedException {
    git("reset", "-q", "--hard");
    git("sparse-checkout", "set", "--cone", "--sparse-index", "src");
  }

  /** What the git of this machine does, without the user's own configuration. */
  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Path said = temp.resolve("said");
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    int status = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
    assertThat(status).as(Files.readString(said)).isZero();
  }
}
