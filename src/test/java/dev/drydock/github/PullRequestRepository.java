package dev.drydock.github;

import dev.drydock.source.GitRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;

/**
 * A real repository with a pull request that GitHub has merged for a test, and a runner's checkout.
 */
final class PullRequestRepository implements AutoCloseable {
  /** A table that is there before. */
  static final Map<String, String> ONE_MIGRATION =
      Map.of(
          "migrations/0001_init.up.sql",
          "create table orders (id bigint primary key, note text not null, total int);\n",
          "migrations/0001_init.down.sql",
          "drop table orders;\n");

  private final GitRepository origin;
  private final Path checkouts;
  private int checkout;
  private String base;
  private String head;
  private String merge;

  /**
   * @param files what the target branch starts with, by path
   */
  PullRequestRepository(Path directory, Map<String, String> files) {
    checkouts = directory;
    origin = GitRepository.create(directory.resolve("origin"));
    files.forEach(origin::write);
    base = origin.commit("base");
    origin.branch("feature");
  }

  GitRepository origin() {
    return origin;
  }

  Repository repository() {
    return origin.repository();
  }

  String base() {
    return base;
  }

  String head() {
    return head;
  }

  String merge() {
    return merge;
  }

  /** Something is merged into the target branch meanwhile. */
  void moveBase(String path, String text) {
    origin.checkout("main").write(path, text);
    base = origin.commit("meanwhile");
    origin.checkout("feature");
  }

  /** Commits what was written on the branch and merges it, as GitHub does for each push. */
  void push() throws IOException, GitAPIException {
    head = origin.commit("change");
    try (Git git = Git.wrap(repository())) {
      git.checkout().setName(base).call();
      git.merge()
          .include(repository().resolve(head))
          .setFastForward(MergeCommand.FastForwardMode.NO_FF)
          .setMessage("Merge " + head)
          .call();
      merge = repository().resolve("HEAD").name();
      git.checkout().setName("feature").call();
    }
    origin.ref("refs/heads/pull-1-merge", merge);
  }

  /** What was pushed so far is as if it had never been: the branch starts from the base again. */
  void startOver() {
    origin.checkout("main").ref("refs/heads/feature", base).checkout("feature");
  }

  /** Commits what was written on a new branch, which is no pull request; its id. */
  String branch(String name) {
    origin.branch(name);
    return origin.commit("change on " + name);
  }

  /** A checkout of the target branch with the other branches and all of their history. */
  Path fullCheckout() throws GitAPIException {
    Path directory = checkouts.resolve("checkout" + ++checkout);
    Git.cloneRepository()
        .setURI(origin.root().toUri().toString())
        .setBranch("refs/heads/main")
        .setDirectory(directory.toFile())
        .call()
        .close();
    return directory;
  }

  /** A checkout of depth 1 of the merge, as actions/checkout makes it. */
  Path checkout() throws GitAPIException {
    return checkout("pull-1-merge");
  }

  /** The same of a branch. */
  Path checkout(String branch) throws GitAPIException {
    return checkout(branch, 1);
  }

  Path checkout(String branch, int depth) throws GitAPIException {
    String ref = "refs/heads/" + branch;
    Path directory = checkouts.resolve("checkout" + ++checkout);
    Git.cloneRepository()
        .setURI(origin.root().toUri().toString())
        .setBranch(ref)
        .setBranchesToClone(List.of(ref))
        .setNoTags()
        .setDepth(depth)
        .setDirectory(directory.toFile())
        .call()
        .close();
    return directory;
  }

  @Override
  public void close() {
    origin.close();
  }
}
