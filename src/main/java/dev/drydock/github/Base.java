package dev.drydock.github;

import dev.drydock.source.ChangeSet;
import dev.drydock.source.Checkout;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Finds the commit that a change starts from, in the checkout or, where that ends too early, at
 * GitHub.
 */
public final class Base {
  private static final Pattern NAME = Pattern.compile("(?!HEAD$)[\\w./-]+");

  private final Checkout checkout;
  private final long limit;
  private final Optional<Api> api;

  /**
   * @param limit size in bytes above which a file is refused
   * @param api absent without a token
   */
  public Base(Checkout checkout, long limit, Optional<Api> api) {
    this.checkout = checkout;
    this.limit = limit;
    this.api = api;
  }

  /**
   * What the event's change adds to what was there.
   *
   * @param base what the user named as the base; overrules the event
   * @param head what the user named as the head
   */
  public ChangeSet changes(Event event, Optional<String> base, Optional<String> head) {
    FileTree with =
        head.isPresent()
            ? named("head", head.get(), () -> checkout.commit(head.get()))
            : checkout.workingTree();
    Checkout.CommitIds tip = checkout.head();
    if (base.isPresent()) {
      return new ChangeSet(
          named("base", base.get(), () -> mergeBase(base.get(), head.orElse(tip.id()), with)),
          with);
    }
    return new ChangeSet(
        switch (event) {
          case Event.PullRequest pull -> {
            // The commit that GitHub made by merging: what it starts from is what it was merged
            // into.
            yield head.isEmpty() && pull.isMergedIn(tip)
                ? tree(tip.parents().getFirst(), with)
                : mergeBase(pull.base(), head.orElse(tip.id()), with);
          }
          case Event.Push push ->
              // The tip of an annotated tag is no commit, so what is checked out is asked about.
              push.isNew()
                  ? mergeBase(push.defaultBranch(), head.orElse(tip.id()), with)
                  : push.forced()
                      ? mergeBase(push.before(), head.orElse(tip.id()), with)
                      : tree(push.before(), with);
          case Event.MergeGroup group -> tree(group.base(), with);
          case Event.WorkflowRun run ->
              throw new GitHubException(
                  "The event workflow_run has no change to replay. Post the report of the run that ended: with the input from, or with `drydock report --from FILE`.");
          case Event.Comment comment ->
              mergeBase(comment.defaultBranch(), head.orElse(tip.id()), with);
          case Event.Other other -> mergeBase(other.defaultBranch(), head.orElse(tip.id()), with);
        },
        with);
  }

  /**
   * What an input names. A name that neither the clone nor GitHub knows is a mistake in the
   * workflow; any other failure may be the clone's or the token's.
   */
  private FileTree named(String input, String revision, Supplier<FileTree> tree) {
    try {
      return tree.get();
    } catch (SourceException e) {
      if (!isName(revision)
          || api.filter(github -> RemoteFiles.isUnknown(github, revision)).isEmpty()) {
        throw e;
      }
      throw SourceException.misnamed(
          "the input %s is `%s`, which names no branch, tag or commit of the repository, neither in this clone nor at GitHub"
              .formatted(input, revision));
    }
  }

  /** Of any other, such as HEAD~1, GitHub does not know what is checked out. */
  private static boolean isName(String revision) {
    return NAME.matcher(revision).matches();
  }

  private FileTree mergeBase(String base, String head, FileTree with) {
    if (!checkout.isShallow() || !isName(base) || checkout.descends(head, base)) {
      try {
        return checkout.changes(Optional.of(base), Optional.of(head)).base();
      } catch (SourceException e) {
        if (api.isEmpty() || !isName(base)) {
          throw e;
        }
      }
    }
    Api github = asked("Where the change left %s cannot be told in this clone".formatted(base));
    return RemoteFiles.mergeBase(github, base, head)
        .map(commit -> tree(commit, with))
        .orElseThrow(
            () ->
                new SourceException(
                    "What is checked out has no commit in common with %s, so the change cannot be told from what was there. Name a commit that it descends from with the input base; for a branch that holds something else, such as gh-pages, leave that out with `branches` at the event."
                        .formatted(base)));
  }

  private FileTree tree(String commit, FileTree with) {
    if (checkout.has(commit)) {
      return checkout.commit(commit);
    }
    return FileTree.remote(
        new RemoteFiles(asked(commit + " is not in this clone"), commit),
        with,
        "commit " + commit.substring(0, 9),
        limit);
  }

  private Api asked(String problem) {
    return api.orElseThrow(
        () ->
            new SourceException(
                "%s, which is shallow, and there is no token to ask GitHub with. Give the input token, or set fetch-depth: 0 for actions/checkout."
                    .formatted(problem)));
  }
}
