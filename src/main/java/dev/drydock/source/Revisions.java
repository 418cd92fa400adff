package dev.drydock.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.transport.RefSpec;

/** The commits of a repository by the names a user gives them. */
final class Revisions {
  private static final List<String> USUAL = List.of("main", "master");
  private static final String FETCH_MORE =
      "Fetch the rest with git fetch --unshallow, or set fetch-depth: 0 for actions/checkout.";

  private final Repository repository;

  Revisions(Repository repository) {
    this.repository = repository;
  }

  /** The commit {@code revision} names, here or at the remote. */
  RevCommit commit(String revision) {
    try {
      ObjectId id = repository.resolve(revision + "^{commit}");
      if (id == null) {
        id = repository.resolve(Constants.R_REMOTES + remote() + "/" + revision + "^{commit}");
      }
      if (id == null) {
        throw unknown(revision);
      }
      try (RevWalk walk = new RevWalk(repository)) {
        return walk.parseCommit(id);
      }
    } catch (MissingObjectException e) {
      throw unknown(revision);
    } catch (RevisionSyntaxException | IOException e) {
      throw new SourceException(
          "%s does not name one commit: %s. Name a branch, a tag or a commit id."
              .formatted(revision, e.getMessage()),
          e);
    }
  }

  private SourceException unknown(String revision) {
    if (revision.equals(Constants.HEAD)) {
      return new SourceException(
          "HEAD has no commit yet, so there is nothing to compare with. Commit first, or name the pending files.");
    }
    Optional<String> branch = unfetched(revision);
    if (branch.isPresent()) {
      return new SourceException(
          "%s is not in this clone, which fetches other branches alone, so there is nothing to compare with. If it is a branch of %s, fetch it with git fetch%s %2$s %s:%s%2$s/%4$s."
              .formatted(
                  revision,
                  remote(),
                  isShallow() ? " --unshallow" : "",
                  branch.get(),
                  Constants.R_REMOTES));
    }
    if (isShallow()) {
      return new SourceException(
          "%s is not in this clone, which is shallow, so there is nothing to compare with. %s"
              .formatted(revision, FETCH_MORE));
    }
    return SourceException.misnamed(
        "%s is not a revision of this repository. Check the spelling, or run git fetch."
            .formatted(revision));
  }

  /** The branch of the remote that a revision may name, if git fetch does not fetch that one. */
  private Optional<String> unfetched(String revision) {
    String prefix = remote() + "/";
    String branch = revision.startsWith(prefix) ? revision.substring(prefix.length()) : revision;
    List<RefSpec> fetched =
        Stream.of(
                repository
                    .getConfig()
                    .getStringList(ConfigConstants.CONFIG_REMOTE_SECTION, remote(), "fetch"))
            .map(RefSpec::new)
            .toList();
    boolean mayBe =
        !fetched.isEmpty()
            && !ObjectId.isId(branch)
            && Repository.isValidRefName(Constants.R_HEADS + branch)
            && fetched.stream().noneMatch(spec -> spec.matchSource(Constants.R_HEADS + branch));
    return mayBe ? Optional.of(branch) : Optional.empty();
  }

  /** The revision to compare with when the user names none. */
  String defaultBase(Optional<String> head) {
    try {
      Optional<String> standard = defaultBranch();
      String branch = head.orElseGet(this::currentBranch);
      if (standard.filter(ref -> isBranch(ref, branch)).isPresent()) {
        String tracked = new BranchConfig(repository.getConfig(), branch).getTrackingBranch();
        if (tracked != null && repository.exactRef(tracked) != null) {
          return tracked;
        }
      }
      return standard.orElseThrow(
          () ->
              new SourceException(
                  "There is no default branch to compare with: none of %s exists. Name the target branch with --base."
                      .formatted(
                          String.join(", ", candidates().stream().map(this::shorten).toList()))));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private boolean isBranch(String ref, String branch) {
    return ref.equals(Constants.R_HEADS + branch)
        || ref.equals(Constants.R_REMOTES + remote() + "/" + branch);
  }

  private Optional<String> defaultBranch() throws IOException {
    for (String candidate : candidates()) {
      Ref ref = repository.exactRef(candidate);
      if (ref != null && ref.getObjectId() != null) {
        // origin/HEAD says which branch is the default one; that branch is what a message names.
        return Optional.of(ref.isSymbolic() ? ref.getTarget().getName() : candidate);
      }
    }
    return Optional.empty();
  }

  private List<String> candidates() {
    List<String> names = new ArrayList<>();
    String remote = Constants.R_REMOTES + remote() + "/";
    names.add(remote + Constants.HEAD);
    USUAL.forEach(name -> names.add(remote + name));
    USUAL.forEach(name -> names.add(Constants.R_HEADS + name));
    return names;
  }

  /** {@code origin}, unless there is exactly one remote and it has another name. */
  private String remote() {
    Set<String> remotes = repository.getRemoteNames();
    return remotes.size() == 1 ? remotes.iterator().next() : Constants.DEFAULT_REMOTE_NAME;
  }

  private String currentBranch() {
    try {
      return Optional.ofNullable(repository.getFullBranch())
          .map(Repository::shortenRefName)
          .orElse(Constants.HEAD);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The best common ancestors of {@code tip} and the commit that {@code target} names: one, unless
   * the two were merged into each other.
   */
  List<RevCommit> mergeBases(RevCommit tip, String tipName, String target) {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(tip));
      walk.markStart(walk.parseCommit(commit(target)));
      List<RevCommit> bases = new ArrayList<>();
      for (RevCommit base = walk.next(); base != null; base = walk.next()) {
        bases.add(walk.parseCommit(base));
      }
      if (!bases.isEmpty()) {
        return bases;
      }
      throw new SourceException(
          isShallow()
              ? "This clone is shallow and does not hold the commit where %s left %s, so the change cannot be told from what was there. %s"
                  .formatted(tipName, shorten(target), FETCH_MORE)
              : "%s and %s have no commit in common, so the change cannot be told from what was there. Name a base that %s descends from with --base."
                  .formatted(tipName, shorten(target), tipName));
    } catch (MissingObjectException e) {
      throw GitObjects.notFetched("The history of " + tipName, e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** A ref without the prefix that only git needs. */
  String shorten(String revision) {
    return Repository.shortenRefName(revision);
  }

  boolean isShallow() {
    try {
      return !repository.getObjectDatabase().getShallowCommits().isEmpty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private SourceException unreadable(IOException e) {
    return new SourceException(
        "The git repository at %s cannot be read: %s. Check it with git fsck."
            .formatted(repository.getDirectory(), FileTree.reason(e)),
        e);
  }
}
