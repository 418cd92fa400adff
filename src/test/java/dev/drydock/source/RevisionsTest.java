package dev.drydock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.junit.jupiter.api.Test;

/** Which commits a change lies between, by what the user says and what the repository tells. */
class RevisionsTest extends InRepository {
  @Test
  void theChangeStartsWhereItLeftTheDefaultBranch() {
    git.write("1.sql", "").commit("one");
    git.branch("feature").write("2.sql", "").commit("two");
    git.checkout("main").write("3.sql", "").commit("three");
    git.ref("refs/remotes/origin/main", "main");
    git.checkout("feature");

    try (Checkout checkout = open(root)) {
      ChangeSet changes = changes(checkout);
      assertThat(changes.base().files()).containsExactly(Path.of("1.sql"));
      assertThat(changes.head().files()).containsExactly(Path.of("1.sql"), Path.of("2.sql"));
    }
  }

  @Test
  void theRemotesOwnDefaultComesBeforeTheUsualNames() {
    git.write("1.sql", "").commit("one");
    git.ref("refs/remotes/origin/main", "main");
    git.branch("develop").write("2.sql", "").commit("two");
    git.ref("refs/remotes/origin/develop", "develop");
    git.symbolicRef("refs/remotes/origin/HEAD", "refs/remotes/origin/develop");
    git.branch("feature").write("3.sql", "").commit("three");

    try (Checkout checkout = open(root)) {
      ChangeSet changes = changes(checkout);
      assertThat(changes.base().name()).startsWith("origin/develop (commit ");
      assertThat(changes.changes(path -> true)).containsExactly(new Change.Added(Path.of("3.sql")));
    }
  }

  @Test
  void theOnlyRemoteMayHaveAnotherName() {
    git.configure("remote", "upstream", "url", "https://example.org/x.git");
    git.write("1.sql", "").commit("one");
    git.ref("refs/remotes/upstream/master", "main");
    git.branch("feature").write("2.sql", "").commit("two");

    try (Checkout checkout = open(root)) {
      assertThat(changes(checkout).base().name()).startsWith("upstream/master (commit ");
    }
  }

  @Test
  void withoutARemoteTheLocalMainBranchIsTheBase() {
    git.write("1.sql", "").commit("one");
    git.branch("feature").write("2.sql", "").commit("two");

    try (Checkout checkout = open(root)) {
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("2.sql")));
    }
  }

  @Test
  void onTheDefaultBranchTheChangeIsWhatIsNotPushed() {
    git.write("1.sql", "").commit("one");
    git.ref("refs/remotes/origin/main", "main");
    git.write("2.sql", "").commit("two");

    try (Checkout checkout = open(root)) {
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("2.sql")));
    }
  }

  @Test
  void onTheDefaultBranchTheBranchItTracksIsTheBase() {
    git.configure("remote", "origin", "url", "https://example.org/x.git");
    git.configure("remote", "fork", "url", "https://example.org/y.git");
    git.configure("remote", "fork", "fetch", "+refs/heads/*:refs/remotes/fork/*");
    git.configure("branch", "main", "remote", "fork");
    git.configure("branch", "main", "merge", "refs/heads/main");
    git.write("1.sql", "").commit("one");
    git.ref("refs/remotes/origin/main", "main");
    git.write("2.sql", "").commit("two");
    git.ref("refs/remotes/fork/main", "main");
    git.write("3.sql", "").commit("three");

    try (Checkout checkout = open(root)) {
      assertThat(changes(checkout).base().name()).startsWith("fork/main (commit ");
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("3.sql")));
    }
  }

  @Test
  void aDetachedHeadIsComparedLikeABranch() {
    String one = git.write("1.sql", "").commit("one");
    git.ref("refs/remotes/origin/main", "main");
    String two = git.branch("feature").write("2.sql", "").commit("two");
    git.checkout(two);

    try (Checkout checkout = open(root)) {
      assertThat(changes(checkout).base().name())
          .isEqualTo("origin/main (commit %s)".formatted(one.substring(0, 9)));
      assertThat(changes(checkout).changes(path -> true))
          .containsExactly(new Change.Added(Path.of("2.sql")));
    }
  }

  @Test
  void aBaseMayBeNamedAsTheRemoteNamesIt() {
    git.write("1.sql", "").commit("one");
    git.ref("refs/remotes/origin/release", "main");
    git.branch("feature").write("2.sql", "").commit("two");

    try (Checkout checkout = open(root)) {
      ChangeSet changes = checkout.changes(Optional.of("release"), Optional.of("feature"));
      assertThat(changes.changes(path -> true)).containsExactly(new Change.Added(Path.of("2.sql")));
      assertThat(changes.head().name()).startsWith("feature (commit ");
    }
  }

  @Test
  void aShallowCloneWithoutTheMergeBaseNamesTheFix() {
    git.write("1.sql", "").commit("one");
    git.branch("feature").write("2.sql", "").commit("two");
    String three = git.write("3.sql", "").commit("three");
    git.shallowAt(three);

    try (Checkout checkout = open(root)) {
      assertThatThrownBy(() -> checkout.changes(Optional.of("main"), Optional.empty()))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "This clone is shallow and does not hold the commit where HEAD left main, so the change"
                  + " cannot be told from what was there. Fetch the rest with git fetch --unshallow,"
                  + " or set fetch-depth: 0 for actions/checkout.");
    }
  }

  @Test
  void aShallowCloneWithoutTheBaseBranchNamesTheFix() {
    String one = git.write("1.sql", "").commit("one");
    git.shallowAt(one);

    try (Checkout checkout = open(root)) {
      assertThatThrownBy(() -> checkout.changes(Optional.of("develop"), Optional.empty()))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "develop is not in this clone, which is shallow, so there is nothing to compare with."
                  + " Fetch the rest with git fetch --unshallow, or set fetch-depth: 0 for actions/checkout.");
    }
  }

  @Test
  void aCloneOfOneBranchNamesWhatFetchesAnother() {
    git.configure("remote", "origin", "url", "https://example.org/x.git");
    git.configure("remote", "origin", "fetch", "+refs/heads/feature:refs/remotes/origin/feature");
    String one = git.write("1.sql", "").commit("one");

    try (Checkout checkout = open(root)) {
      for (String name : List.of("release/1", "origin/release/1")) {
        assertThatThrownBy(() -> checkout.changes(Optional.of(name), Optional.empty()))
            .isInstanceOf(SourceException.class)
            .hasMessage(
                name
                    + " is not in this clone, which fetches other branches alone, so there is nothing to"
                    + " compare with. If it is a branch of origin, fetch it with"
                    + " git fetch origin release/1:refs/remotes/origin/release/1.");
      }
      git.shallowAt(one);
      assertThatThrownBy(() -> checkout.changes(Optional.of("release/1"), Optional.empty()))
          .hasMessageEndingWith(
              "git fetch --unshallow origin release/1:refs/remotes/origin/release/1.");
      assertThatThrownBy(() -> checkout.changes(Optional.of("feature"), Optional.empty()))
          .hasMessageContaining("Fetch the rest with git fetch --unshallow, or");
    }
  }

  @Test
  void whatEitherOfTwoMergedBranchesHadIsNoChange() throws Exception {
    git.write("1.sql", "1").write("5.sql", "5").commit("one");
    git.branch("feature").write("2.sql", "2").write("1.sql", "one").delete("5.sql").commit("two");
    git.checkout("main").write("3.sql", "3").commit("three");
    String three = git.repository().resolve("main").name();
    merge("feature");
    git.write("4.sql", "4").commit("four");
    git.checkout("feature");
    merge(three);
    git.write("6.sql", "6").write("2.sql", "two").commit("six");

    try (Checkout checkout = open(root)) {
      assertThat(checkout.changes(Optional.of("main"), Optional.empty()).changes(path -> true))
          .containsExactly(
              new Change.Modified(Path.of("2.sql")), new Change.Added(Path.of("6.sql")));
    }
  }

  private void merge(String revision) throws Exception {
    try (Git porcelain = new Git(git.repository())) {
      var merged =
          porcelain
              .merge()
              .include(git.repository().resolve(revision))
              .setFastForward(MergeCommand.FastForwardMode.NO_FF)
              .setMessage("merge")
              .call();
      assertThat(merged.getMergeStatus().isSuccessful()).isTrue();
    }
  }

  @Test
  void branchesWithoutACommonCommitCannotBeCompared() throws Exception {
    git.write("1.sql", "").commit("one");
    try (Git porcelain = new Git(git.repository())) {
      porcelain.checkout().setOrphan(true).setName("orphan").call();
    }
    git.commit("other root");

    try (Checkout checkout = open(root)) {
      assertThatThrownBy(() -> checkout.changes(Optional.of("main"), Optional.empty()))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "HEAD and main have no commit in common, so the change cannot be told from what was there."
                  + " Name a base that HEAD descends from with --base.");
    }
  }

  @Test
  void anUnknownRevisionIsAnError() {
    git.write("1.sql", "").commit("one");

    try (Checkout checkout = open(root)) {
      assertThatThrownBy(() -> checkout.commit("nope"))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "nope is not a revision of this repository. Check the spelling, or run git fetch.");
      assertThatThrownBy(() -> checkout.commit("0123456789012345678901234567890123456789"))
          .hasMessageStartingWith("0123456789012345678901234567890123456789 is not a revision");
      assertThatThrownBy(() -> checkout.commit("HEAD^{nonsense}"))
          .isInstanceOf(SourceException.class);
    }
  }

  @Test
  void aRepositoryWithoutACommitHasNothingToCompareWith() {
    git.write("1.sql", "");

    try (Checkout checkout = open(root)) {
      assertThatThrownBy(() -> changes(checkout))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "HEAD has no commit yet, so there is nothing to compare with. Commit first, or name the pending files.");
    }
  }

  @Test
  void withoutADefaultBranchTheBaseHasToBeNamed() {
    git.write("1.sql", "").commit("one");
    git.branch("feature");
    git.configure("remote", "origin", "url", "https://example.org/x.git");
    delete("refs/heads/main");

    try (Checkout checkout = open(root)) {
      assertThatThrownBy(() -> changes(checkout))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "There is no default branch to compare with: none of origin/HEAD, origin/main,"
                  + " origin/master, main, master exists. Name the target branch with --base.");
    }
  }

  private void delete(String ref) {
    try {
      var update = git.repository().updateRef(ref);
      update.setForceUpdate(true);
      update.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
