package dev.drydock.github;

import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.report.CheckTexts;
import dev.drydock.report.CommentContext;
import dev.drydock.report.CommentMarker;
import dev.drydock.report.Links;
import dev.drydock.report.Report;
import dev.drydock.report.SummaryComment;
import dev.drydock.source.LineMap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A report on its way to where reviewers look. What GitHub refuses becomes a warning, never a
 * verdict.
 */
public final class Publication {
  private static final String PAGE =
      "https://github.com/drydock-dev/drydock/blob/main/docs/github-action.md";

  private static final URI RULES =
      URI.create("https://github.com/drydock-dev/drydock/blob/main/docs/rules");

  private static final String COMMENTS =
      "Give the job `permissions: pull-requests: write`, and unlock the conversation where it is locked";

  private final Api api;
  private final Run run;
  private final Optional<Target> target;
  private final Optional<PullRequest> pullRequest;
  private final List<String> warnings = new ArrayList<>();

  /**
   * The workflow run that speaks.
   *
   * @param id tells the comments of several uses of the action apart
   * @param number id of the workflow run
   * @param attempt from 1
   * @param commit what was linted, an id
   * @param around where that is a submodule's or another repository's, which the repository has
   *     neither the commit nor the files of, the repository's own commit
   * @param ref what the commit is the tip of; absent where it is not known
   * @param page of the repository
   * @param posting whether it posts the report of another run, whose the verdict is
   */
  public record Run(
      String id,
      long number,
      int attempt,
      String commit,
      Optional<String> around,
      Optional<String> ref,
      URI page,
      boolean posting) {
    public Run {
      Objects.requireNonNull(commit);
      Objects.requireNonNull(around);
      Objects.requireNonNull(ref);
      if (!isId(id)) {
        throw new IllegalArgumentException("not an id: " + id);
      }
    }

    /** Whether an id has up to 60 letters, digits, dots, dashes and underscores. */
    public static boolean isId(String id) {
      return id.matches("[\\w.-]{1,60}");
    }
  }

  /**
   * The pull request that is spoken to.
   *
   * @param head tip of its branch, an id; what was linted is usually its merge with the target
   */
  public record Target(int number, String head) {
    public Target {
      Objects.requireNonNull(head);
    }
  }

  /**
   * @param target absent for what is no pull request
   */
  public Publication(Api api, Run run, Optional<Target> target) {
    this.api = api;
    this.run = run;
    this.target = target;
    this.pullRequest = target.map(to -> new PullRequest(api, to.number(), to.head()));
  }

  /** A step that may be refused. */
  private interface Step {
    void run() throws IOException;
  }

  /** What GitHub refused so far, a sentence each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Comments on the pull request, if it is one; false when GitHub refused the summary comment,
   * which has everything, or, where that is not asked for, the review.
   *
   * @param review whether to comment on lines
   * @param summary whether to keep the summary comment
   */
  public boolean comment(Report report, boolean review, boolean summary) {
    Authorship authorship = new Authorship(api);
    boolean taken = true;
    // No line of a submodule is in the pull request's diff.
    if (review && pullRequest.isPresent() && run.around().isEmpty()) {
      Author author = new Author(run.id(), run.number(), run.attempt());
      taken =
          attempt(
              "the review comments",
              COMMENTS,
              () ->
                  new ReviewThreads(api, authorship, pullRequest.get(), author)
                      .update(report, links(report)));
    }
    if (summary && target.isPresent()) {
      boolean needed =
          !report.migrations().isEmpty()
              || !report.findings().isEmpty()
              // It may be why nothing was found.
              || !report.judging().isEmpty()
              // Without a directory it is not known whether the change has migrations at all.
              || report.unjudged().stream().anyMatch(why -> !why.directory().isEmpty());
      CommentMarker marker =
          CommentMarker.of(run.id(), run.number(), run.attempt(), target.get().head(), report);
      taken =
          attempt(
              "the summary comment",
              COMMENTS,
              () ->
                  new StickyComment(api, authorship, pullRequest.orElseThrow())
                      .write(marker, needed, previous -> comment(report, marker, previous)));
    }
    return taken;
  }

  /**
   * The summary comment.
   *
   * @param previous the marker of the one it takes the place of
   */
  private String comment(Report report, CommentMarker marker, Optional<CommentMarker> previous) {
    Optional<CommentMarker> sameRun = previous.filter(marker::isOfSameRun);
    if (sameRun.isPresent() && run.number() > 0) {
      warnings.add(
          "Another job or step of this workflow run has commented under the id `%s`, and this takes the place of its summary. Give each use of the action an input `id` of its own, in a matrix e.g. `id: ${{ matrix.name }}`. See %s"
              .formatted(run.id(), PAGE));
    }
    return SummaryComment.render(
        report,
        new CommentContext(
            Optional.of(marker),
            // What another use saw is neither fixed nor unchanged.
            sameRun.isPresent() ? Optional.empty() : previous,
            links(report),
            warnings),
        SummaryComment.COMMENT);
  }

  /**
   * The tip of a pull request's branch, as GitHub has it now.
   *
   * @throws GitHubException when GitHub does not say
   */
  public static String head(Api api, int number) {
    try {
      return api.repository().getPullRequest(number).getHead().getSha();
    } catch (IOException e) {
      throw new GitHubException(
          "Pull request %d cannot be read (%s), so nothing is posted. Give the job `permissions: pull-requests: write`, and check the number."
              .formatted(number, Refusal.of(e)),
          e);
    }
  }

  /** To the files as they were linted, or where the head of the branch has their lines. */
  private Links links(Report report) {
    if (!run.commit().matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      return Links.NONE;
    }
    if (run.around().isPresent()) {
      return new Links(Optional.empty(), "", Optional.of(RULES), documented());
    }
    Links links =
        new Links(Optional.of(run.page()), run.commit(), Optional.of(RULES), documented());
    Set<Path> unlinked = new HashSet<>(gone(report));
    Map<Path, LineMap> moved = new HashMap<>();
    atHead(report)
        .forEach(
            (file, map) ->
                map.ifPresentOrElse(
                    lines -> moved.put(file, lines),
                    // What a link led to would be anybody's guess.
                    () -> unlinked.add(file)));
    return links.without(unlinked).moved(moved);
  }

  /** A report that is posted for a run without rights may be about the merge with the target. */
  private Map<Path, Optional<LineMap>> atHead(Report report) {
    boolean head = target.map(Target::head).filter(run.commit()::equals).isPresent();
    try {
      return head ? pullRequest.orElseThrow().maps(report.files().values()) : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** What the pull request deletes, where a finding may point into it. */
  private Set<Path> gone(Report report) {
    boolean asked =
        report.findings().stream()
            .anyMatch(finding -> !report.files().containsKey(finding.location().file()));
    try {
      return asked && pullRequest.isPresent() ? pullRequest.get().deleted() : Set.of();
    } catch (IOException e) {
      // A link that leads nowhere is a small loss.
      return Set.of();
    }
  }

  /** Only what ships with Drydock has a page there. */
  private static Set<String> documented() {
    return RulePack.builtIn().rules().stream().map(Rule::id).collect(Collectors.toSet());
  }

  /** Makes a check run; false when the findings have to be annotated another way. */
  public boolean check(Report report) {
    String commit = target.map(Target::head).or(run::around).orElse(run.commit());
    return attempt(
        "the check run",
        "Give the job `permissions: checks: write`",
        () ->
            new CheckRun(api, pullRequest.filter(unused -> !commit.equals(run.commit())))
                .create(
                    report,
                    // Files of a submodule are none of the commit's.
                    run.around().isPresent() ? List.of() : CheckTexts.annotations(report),
                    run.id(),
                    commit,
                    summary(report, SummaryComment.COMMENT)));
  }

  /** Hands the findings to code scanning. */
  public void upload(String sarif) {
    if (run.around().isPresent()) {
      warnings.add(
          "The findings were not uploaded to code scanning: they are in another repository, such as a submodule, whose files and commits the workflow's own has not. Run Drydock in that one, or set sarif-upload: false.");
      return;
    }
    if (run.ref().isEmpty()) {
      warnings.add(
          "The findings were not uploaded to code scanning, which takes those of the tip of a branch: commit %s is not the one that the workflow runs for. Check out that one, without the input head, or set sarif-upload: false."
              .formatted(run.commit()));
      return;
    }
    String ref = run.ref().get();
    attempt(
        "the code-scanning upload",
        "Give the job `permissions: security-events: write`, and turn code scanning on, for which a private repository needs a licence",
        () -> new CodeScanning(api).upload(sarif, run.commit(), ref));
  }

  private boolean attempt(String what, String remedy, Step step) {
    try {
      step.run();
      return true;
    } catch (IOException e) {
      warnings.add(
          Refusal.isForbidden(e)
              ? "GitHub refused %s (%s): the token may not. %s%s. %sSee %s"
                  .formatted(what, Refusal.of(e), remedy, forks(), verdict(), PAGE)
              : "GitHub did not take %s (%s). %s%s"
                  .formatted(
                      what,
                      Refusal.of(e),
                      verdict(),
                      Refusal.isFinal(e) ? "" : "Run the job again.")
                  .strip());
      return false;
    }
  }

  /** Only the token of a pull request's own job may be a fork's. */
  private String forks() {
    return target.isPresent() && !run.posting()
        ? "; on pull requests from forks, where no token may, post with a second workflow"
        : "";
  }

  /** The job that posts another run's report may fail for this, and has no verdict. */
  private String verdict() {
    return run.posting() ? "" : "The verdict is unchanged. ";
  }

  /** The text of the job summary, within the 1 MiB that GitHub shows. */
  public String jobSummary(Report report) {
    return summary(report, SummaryComment.JOB_SUMMARY);
  }

  private String summary(Report report, int limit) {
    return SummaryComment.render(
        report,
        new CommentContext(Optional.empty(), Optional.empty(), links(report), warnings),
        limit);
  }
}
