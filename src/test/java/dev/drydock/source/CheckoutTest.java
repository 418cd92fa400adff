package dev.drydock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;

/** What counts as a checkout, and where its root and its files are. */
class CheckoutTest extends InRepository {
  @Test
  void whatIsNotCommittedIsPartOfTheChange() {
    git.write("1.sql", "").commit("one");
    git.ref("refs/remotes/origin/main", "main");
    git.branch("feature").write("2.sql", "").commit("two");
    git.write("3.sql", "");

    try (Checkout checkout = open(root)) {
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("2.sql")), new Change.Added(Path.of("3.sql")));
    }
  }

  @Test
  void aHeadLeavesTheWorkingTreeOut() {
    git.write("1.sql", "").commit("one");
    git.write("2.sql", "").commit("two");
    git.write("3.sql", "");

    try (Checkout checkout = open(root)) {
      assertThat(checkout.changes(Optional.of("HEAD~1"), Optional.of("HEAD")).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("2.sql")));
    }
  }

  @Test
  void anyDirectoryOfTheCheckoutWillDo() {
    git.write("a/b/1.sql", "").commit("one");

    try (Checkout checkout = open(root.resolve("a/b"))) {
      assertThat(checkout.root()).isEqualTo(root);
      assertThat(checkout.workingTree().files()).containsExactly(Path.of("a/b/1.sql"));
      assertThat(checkout.relative(root.resolve("a/b"), Path.of("1.sql")))
          .isEqualTo(Path.of("a/b/1.sql"));
      assertThat(checkout.relative(root.resolve("a/b"), Path.of(".."))).isEqualTo(Path.of("a"));
    }
  }

  @Test
  void aPathOutsideTheCheckoutIsRefused() {
    git.write("1.sql", "").commit("one");

    try (Checkout checkout = open(root)) {
      assertThatThrownBy(() -> checkout.relative(root, Path.of("../elsewhere")))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "../elsewhere lies outside the checkout at %s and is not read. Name a path inside it."
                  .formatted(root));
    }
  }

  @Test
  void aCheckoutMayBeNamedByALink() throws IOException {
    git.write("m/1.sql", "").commit("one");
    Path alias = Files.createSymbolicLink(temp.resolve("alias"), root);

    try (Checkout checkout = open(root)) {
      assertThat(checkout.relative(alias, Path.of("m"))).isEqualTo(Path.of("m"));
    }
  }

  @Test
  void aLinkedDirectoryIsNamedByWhereItLeads() throws IOException {
    git.write("shared/m/1.sql", "").link("m", "shared/m").link("out", "../elsewhere").commit("one");
    Files.createDirectories(temp.resolve("elsewhere"));

    try (Checkout checkout = open(root)) {
      assertThat(checkout.relative(root, Path.of("m"))).isEqualTo(Path.of("shared/m"));
      assertThat(checkout.relative(root, Path.of("m/1.sql"))).isEqualTo(Path.of("shared/m/1.sql"));
      assertThat(checkout.relative(root, Path.of("gone/1.sql"))).isEqualTo(Path.of("gone/1.sql"));
      assertThatThrownBy(() -> checkout.relative(root, Path.of("out")))
          .isInstanceOf(SourceException.class)
          .hasMessageStartingWith("out lies outside the checkout at ");
    }
  }

  @Test
  void aLinkedWorkingTreeIsACheckoutOfItsOwn() throws IOException {
    git.write("1.sql", "").commit("one");
    git.ref("refs/remotes/origin/main", "main");
    String two = git.branch("feature").write("2.sql", "").commit("two");
    git.checkout("main");
    // What git worktree add writes; JGit can read it and not make it.
    Path linked = Files.createDirectories(temp.resolve("linked"));
    Path own = Files.createDirectories(root.resolve(".git/worktrees/linked"));
    Files.writeString(linked.resolve(".git"), "gitdir: " + own + "\n");
    Files.writeString(own.resolve("commondir"), "../..\n");
    Files.writeString(own.resolve("gitdir"), linked.resolve(".git") + "\n");
    Files.writeString(own.resolve("HEAD"), two + "\n");
    Files.writeString(linked.resolve("1.sql"), "");
    Files.writeString(linked.resolve("2.sql"), "");
    Files.writeString(linked.resolve("3.sql"), "");

    try (Checkout checkout = open(linked)) {
      assertThat(checkout.root()).isEqualTo(linked);
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("2.sql")), new Change.Added(Path.of("3.sql")));
    }
  }

  @Test
  void aSubmoduleIsACheckoutOfItsOwn() throws IOException {
    git.write("1.sql", "").commit("one");
    git.branch("feature").write("2.sql", "").commit("two");
    git.close();
    // What git submodule makes: the repository lies in the outer one and .git points at it.
    Path outer = Files.createDirectories(temp.resolve("outer/.git/modules"));
    Files.move(root.resolve(".git"), outer.resolve("inner"));
    Files.writeString(root.resolve(".git"), "gitdir: ../outer/.git/modules/inner\n");
    Files.writeString(
        outer.resolve("inner/config"),
        Files.readString(outer.resolve("inner/config")) + "[core]\n\tworktree = " + root + "\n");

    try (Checkout checkout = open(root)) {
      assertThat(checkout.root()).isEqualTo(root);
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("2.sql")));
    }
  }

  @Test
  void aBareRepositoryNeedsAHead() throws Exception {
    git.write("1.sql", "").commit("one");
    git.branch("feature").write("2.sql", "").commit("two");
    Path bare = temp.resolve("bare.git");
    Git.cloneRepository()
        .setURI(root.toUri().toString())
        .setDirectory(bare.toFile())
        .setBare(true)
        .setCloneAllBranches(true)
        .call()
        .close();

    try (Checkout checkout = open(bare)) {
      assertThat(
              checkout.changes(Optional.of("main"), Optional.of("feature")).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("2.sql")));
      assertThatThrownBy(() -> checkout.changes(Optional.of("main"), Optional.empty()))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "%s is a bare repository, so there is no working tree to lint. Name the revision to lint with --head."
                  .formatted(bare));
    }
  }

  @Test
  void aDirectoryOutsideAnyRepositoryIsAnError() throws IOException {
    Path plain = Files.createDirectories(temp.resolve("plain"));

    assertThat(Checkout.exists(plain)).isFalse();
    assertThat(Checkout.exists(root)).isTrue();
    assertThatThrownBy(() -> open(plain))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "%s is not in a git repository, so there is no change to compare. Run it in one, or name the pending files and give the applied ones with --applied."
                .formatted(plain));
  }

  @Test
  void aRepositoryWithIdsOfAnotherKindIsNotRead() {
    git.write("1.sql", "").commit("one");
    git.configure("extensions", null, "objectFormat", "sha256");

    assertThatThrownBy(() -> open(root))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "The git repository at %s has SHA256 ids, and Drydock reads SHA-1 repositories alone. Name the pending files and give the applied ones with --applied."
                .formatted(root.resolve(".git")));
  }

  @Test
  void readingARepositoryWritesNothingIntoIt() throws IOException {
    git.write("1.sql", "").commit("one");
    var before = FileTree.directory(root.resolve(".git"), 1 << 20).files();

    try (Checkout checkout = open(root)) {
      changes(checkout).changes(path -> true);
    }

    assertThat(FileTree.directory(root.resolve(".git"), 1 << 20).files()).isEqualTo(before);
  }
}
