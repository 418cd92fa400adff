package dev.drydock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileTreeTest extends InRepository {
  @Test
  void aPointerOfGitLfsIsReadAsTheFileThatItStandsFor() throws IOException {
    String id = "0123456789abcdef".repeat(4);
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 9\n".formatted(id);
    git.write("1.sql", pointer).commit("one");

    try (Checkout checkout = open(root)) {
      for (FileTree tree : List.of(checkout.workingTree(), checkout.commit("HEAD"))) {
        assertThatThrownBy(() -> tree.read(Path.of("1.sql")))
            .isInstanceOf(SourceException.class)
            .hasMessage(
                "1.sql is a pointer of Git LFS and not the file, which is not here, so it cannot be read. Run git lfs pull, or set lfs: true for actions/checkout.");
      }
      git.write(".git/lfs/objects/01/23/" + id, "select 1;");
      assertThat(checkout.commit("HEAD").read(Path.of("1.sql")).text()).isEqualTo("select 1;");
    }
  }

  @Test
  void theWorkingTreeHoldsUntrackedFilesAndNoIgnoredOnes() {
    git.write(".gitignore", "*.log\nout/\n").write("a.sql", "select 1;").commit("base");
    git.write("new/b.sql", "select 2;").write("x.log", "").write("out/c.sql", "");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThat(checkout.workingTree().files())
          .containsExactly(Path.of(".gitignore"), Path.of("a.sql"), Path.of("new/b.sql"));
      assertThat(checkout.commit("HEAD").files())
          .containsExactly(Path.of(".gitignore"), Path.of("a.sql"));
    }
  }

  @Test
  void theUsersListOfWhatToIgnoreMayBeALink() {
    git.write(".git/mine", "*.log\n").link(".git/linked", "mine");
    git.configure("core", null, "excludesFile", root.resolve(".git/linked").toString());
    git.write("a.sql", "select 1;").write("x.log", "");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThat(checkout.workingTree().files()).containsExactly(Path.of("a.sql"));
    }
  }

  @Test
  void aTrackedFileThatIsIgnoredStaysInTheWorkingTree() {
    git.write("out/c.sql", "select 1;").commit("base");
    git.write(".gitignore", "out/\n").write("out/d.sql", "");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThat(checkout.workingTree().files())
          .containsExactly(Path.of(".gitignore"), Path.of("out/c.sql"));
    }
  }

  @Test
  void aDeletedFileIsGoneFromTheWorkingTreeAndStillInTheCommit() {
    git.write("a.sql", "select 1;").write("b.sql", "select 2;").commit("base");
    git.delete("a.sql");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThat(checkout.workingTree().files()).containsExactly(Path.of("b.sql"));
      assertThat(checkout.workingTree().has(Path.of("a.sql"))).isFalse();
      assertThat(checkout.commit("HEAD").read(Path.of("a.sql")).text()).isEqualTo("select 1;");
    }
  }

  @Test
  void textIsKeptAsItStands() {
    String text = "\uFEFFselect 'ü';\r\n";
    git.write("a.sql", text).commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThat(checkout.commit("HEAD").read(Path.of("a.sql")).text()).isEqualTo(text);
      assertThat(checkout.workingTree().read(Path.of("a.sql")).text()).isEqualTo(text);
    }
  }

  @Test
  void aFileThatIsNotUtf8IsRefusedWithTheLine() {
    git.write("a.sql", "select 1;\nselect 'é';".getBytes(StandardCharsets.ISO_8859_1))
        .commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      String message =
          "a.sql is not UTF-8 text (byte 0xE9 in line 2) and is not read. Save it as UTF-8.";
      assertThatThrownBy(() -> checkout.workingTree().read(Path.of("a.sql")))
          .isInstanceOf(SourceException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> checkout.commit("HEAD").read(Path.of("a.sql"))).hasMessage(message);
    }
  }

  @Test
  void aFileThatEndsInTheMiddleOfACharacterIsRefused() {
    git.write("a.sql", new byte[] {'x', (byte) 0xC3}).commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThatThrownBy(() -> checkout.commit("HEAD").read(Path.of("a.sql")))
          .hasMessageStartingWith("a.sql is not UTF-8 text (byte 0xC3 in line 1)");
    }
  }

  @Test
  void aFileOverTheLimitIsRefused() {
    git.write("a.sql", "select 1;").commit("base");

    try (Checkout checkout = Checkout.open(root, 8)) {
      String message =
          "a.sql has 9 bytes, more than the limit of 8, and is not read."
              + " Keep bulk data out of migration files, or set a larger limits.file in .drydock.yml.";
      assertThatThrownBy(() -> checkout.workingTree().read(Path.of("a.sql")))
          .isInstanceOf(SourceException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> checkout.commit("HEAD").read(Path.of("a.sql"))).hasMessage(message);
    }
  }

  @Test
  void aLinkToAnotherFileOfTheTreeIsFollowed() {
    git.write("common/a.sql", "select 1;").link("m/1.sql", "../common/a.sql").commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      for (FileTree tree : List.of(checkout.workingTree(), checkout.commit("HEAD"))) {
        assertThat(tree.files()).containsExactly(Path.of("common/a.sql"), Path.of("m/1.sql"));
        assertThat(tree.read(Path.of("m/1.sql")).text()).isEqualTo("select 1;");
        assertThat(tree.id(Path.of("m/1.sql"))).isEqualTo(tree.id(Path.of("common/a.sql")));
      }
    }
  }

  @Test
  void aLinkThroughALinkedDirectoryIsFollowed() {
    git.write("real/a.sql", "select 1;").link("alias", "real").link("b.sql", "alias/a.sql");
    git.commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      for (FileTree tree : List.of(checkout.workingTree(), checkout.commit("HEAD"))) {
        assertThat(tree.files()).containsExactly(Path.of("b.sql"), Path.of("real/a.sql"));
        assertThat(tree.read(Path.of("b.sql")).text()).isEqualTo("select 1;");
      }
    }
  }

  @Test
  void aLinkOutOfTheCheckoutIsRefused() throws IOException {
    Files.writeString(temp.resolve("secret"), "password");
    git.link("m/1.sql", "../../secret").link("m/2.sql", temp.resolve("secret").toString());
    git.commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThatThrownBy(() -> checkout.workingTree().read(Path.of("m/1.sql")))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "m/1.sql is a symbolic link to %s, which is not a file of the working tree, and is not followed. Put the file itself there."
                  .formatted(temp.toRealPath().resolve("secret")));
      for (String link : List.of("m/1.sql", "m/2.sql")) {
        assertThatThrownBy(() -> checkout.workingTree().read(Path.of(link)))
            .hasMessageContaining("is a symbolic link to");
        assertThatThrownBy(() -> checkout.commit("HEAD").read(Path.of(link)))
            .hasMessageContaining("is a symbolic link to");
      }
    }
  }

  @Test
  void aLinkIntoGitsOwnDirectoryOrToAnIgnoredFileIsRefused() {
    git.write(".gitignore", ".env\n").write(".env", "TOKEN=1").link("1.sql", ".git/config");
    git.link("2.sql", ".env").commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      for (FileTree tree : List.of(checkout.workingTree(), checkout.commit("HEAD"))) {
        for (String link : List.of("1.sql", "2.sql")) {
          assertThatThrownBy(() -> tree.read(Path.of(link)))
              .isInstanceOf(SourceException.class)
              .hasMessageContaining("is not followed");
        }
      }
    }
  }

  @Test
  void linksInACircleAndLinksToNowhereAreRefused() {
    git.link("a.sql", "b.sql").link("b.sql", "a.sql").link("c.sql", "gone.sql").commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      for (FileTree tree : List.of(checkout.workingTree(), checkout.commit("HEAD"))) {
        for (String link : List.of("a.sql", "c.sql")) {
          assertThat(tree.files()).contains(Path.of(link));
          assertThatThrownBy(() -> tree.read(Path.of(link)))
              .isInstanceOf(SourceException.class)
              .hasMessageContaining("is not followed");
        }
      }
    }
  }

  @Test
  void aLinkWithAnEndlessTargetLeadsNowhere() throws IOException {
    git.write("a.sql", "select 1;").commit("base");
    git.commitLink("b.sql", "x/".repeat(5000));

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThatThrownBy(() -> checkout.commit("HEAD").read(Path.of("b.sql")))
          .isInstanceOf(SourceException.class)
          .hasMessageStartingWith("b.sql is a symbolic link to a path of 10000 bytes, which");
    }
  }

  @Test
  void anUnchangedFileHasTheSameIdInEveryTree() {
    git.write("a.sql", "select 1;\n").commit("base");
    git.write("b.sql", "select 1;\n");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      String id = checkout.commit("HEAD").id(Path.of("a.sql"));
      assertThat(checkout.workingTree().id(Path.of("a.sql"))).isEqualTo(id);
      assertThat(checkout.workingTree().id(Path.of("b.sql"))).isEqualTo(id);
      assertThat(FileTree.directory(root, 100).id(Path.of("a.sql"))).isEqualTo(id);
      assertThat(FileTree.of(List.of(new SourceFile(Path.of("x"), "select 1;\n"))).id(Path.of("x")))
          .isEqualTo(id);
    }
  }

  @Test
  void lineEndsThatGitConvertedAtCheckoutAreNoChange() {
    git.write("a.sql", "select 1;\nselect 2;\n").commit("base");
    git.write("a.sql", "select 1;\r\nselect 2;\r\n");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThat(checkout.workingTree().id(Path.of("a.sql")))
          .isEqualTo(checkout.commit("HEAD").id(Path.of("a.sql")));
    }
  }

  @Test
  void aFileNobodyListedIsMissing() {
    git.write("a.sql", "").commit("base");

    try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
      assertThatThrownBy(() -> checkout.workingTree().read(Path.of("b.sql")))
          .hasMessage("b.sql is not a file of the working tree. Check the path.");
      assertThatThrownBy(() -> checkout.workingTree().read(Path.of(".git/config")))
          .hasMessage(".git/config is not a file of the working tree. Check the path.");
    }
  }

  @Test
  void theFilesOfANestedRepositoryAreNotThoseOfTheOuterOne() {
    git.write("a.sql", "").commit("base");
    try (GitRepository nested = GitRepository.create(root.resolve("nested"))) {
      nested.write("b.sql", "").commit("base");
      try (Checkout outer = Checkout.open(root, 100);
          Checkout inner = Checkout.open(root.resolve("nested"), 100)) {
        assertThat(outer.workingTree().files()).containsExactly(Path.of("a.sql"));
        assertThat(inner.workingTree().files()).containsExactly(Path.of("b.sql"));
      }
    }
  }

  @Test
  void aDirectoryIsReadWithoutGit() throws IOException {
    Path plain = Files.createDirectories(temp.resolve("plain/sub"));
    Files.writeString(plain.resolve("2.sql"), "select 2;");
    Files.writeString(plain.getParent().resolve("1.sql"), "select 1;");
    Files.createSymbolicLink(plain.resolve("3.sql"), temp.resolve("secret"));
    Files.writeString(temp.resolve("secret"), "password");

    FileTree tree = FileTree.directory(plain.getParent(), FileTree.DEFAULT_LIMIT);

    assertThat(tree.files())
        .containsExactly(Path.of("1.sql"), Path.of("sub/2.sql"), Path.of("sub/3.sql"));
    assertThat(tree.read(Path.of("sub/2.sql")).text()).isEqualTo("select 2;");
    assertThatThrownBy(() -> tree.read(Path.of("sub/3.sql")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("is not followed");
  }

  /** Its paths are longer than the system takes, so that not even root gets to its end. */
  @Test
  void aFolderThatCannotBeReadIsPassedOver() throws IOException {
    Path plain = Files.createDirectories(temp.resolve("plain"));
    Files.writeString(plain.resolve("1.sql"), "select 1;");
    String deep = String.join("/", Collections.nCopies(15, "d".repeat(200)));
    Path apart = temp.resolve("apart");
    Files.createDirectories(apart.resolve(deep));
    Path joined = Files.createDirectories(plain.resolve(deep)).resolve("joined");
    Files.move(apart, joined);
    try {
      assertThat(FileTree.directory(plain, FileTree.DEFAULT_LIMIT).files())
          .containsExactly(Path.of("1.sql"));
    } finally {
      Files.move(joined, apart);
    }
  }

  @Test
  void aDirectoryThatIsNotThereCannotBeListed() {
    assertThatThrownBy(() -> FileTree.directory(temp.resolve("gone"), 100).files())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("gone cannot be listed, so no migration can be found there");
  }

  @Test
  void namedFilesKeepTheirSpelling() throws IOException {
    Path here = Files.createDirectories(temp.resolve("here"));
    Path away = Files.createDirectories(temp.resolve("away/m"));
    Files.writeString(here.resolve("2.sql"), "select 2;");
    Files.writeString(away.resolve("1.sql"), "select 1;");

    FileTree tree =
        FileTree.named(here, List.of(Path.of("./2.sql"), Path.of("../away"), away), 100);

    assertThat(tree.files())
        .containsExactlyInAnyOrder(
            Path.of("2.sql"), Path.of("../away/m/1.sql"), away.resolve("1.sql"));
    for (Path path : tree.files()) {
      assertThat(tree.read(path).text()).startsWith("select");
      assertThat(tree.has(path)).isTrue();
    }
  }

  @Test
  void namingAFileThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> FileTree.named(temp, List.of(Path.of("gone.sql")), 100))
        .isInstanceOf(SourceException.class)
        .hasMessage("gone.sql does not exist, so it cannot be linted. Check the path.");
  }

  @Test
  void aNamedLinkOutOfTheWorkingDirectoryIsRefused() throws IOException {
    Path here = Files.createDirectories(temp.resolve("here/m"));
    Files.writeString(temp.resolve("secret"), "password");
    Files.createSymbolicLink(here.resolve("1.sql"), temp.resolve("secret"));

    for (Path named : List.of(Path.of("m/1.sql"), Path.of("m"))) {
      FileTree tree = FileTree.named(here.getParent(), List.of(named), 100);
      assertThatThrownBy(() -> tree.read(Path.of("m/1.sql")))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("is not followed");
    }
  }
}
