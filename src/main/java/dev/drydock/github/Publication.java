package dev.drydock.github;

import dev.drydock.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A report on its way to where reviewers look. What GitHub refuses becomes a warning, never a
 * verdict.
 */
public final class Publication {
  private static final String PAGE =
      "https://github.com/drydock-dev/drydock/blob/main/docs/github-action.md";

  private final Api api;
  private final Run run;
  private final List<String> warnings = new ArrayList<>();

  /**
   * The workflow run that speaks.
   *
   * @param id tells the comments of several uses of the action apart
   * @param number id of the workflow run
   * @param attempt from 1
   * @param commit what was checked out, for the code-scanning upload
   * @param ref what that is the tip of
   */
  public record Run(String id, long number, int attempt, String commit, String ref) {
    public Run {
      Objects.requireNonNull(commit);
      Objects.requireNonNull(ref);
      if (!id.matches("[\\w.-]{1,60}")) {
        throw new GitHubException(
            "The input id is `%s`; it has up to 60 letters, digits, dots, dashes and underscores."
                .formatted(id));
      }
    }
  }

  public Publication(Api api, Run run) {
    this.api = api;
    this.run = run;
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
   * Comments on a pull request.
   *
   * @param head tip of its branch, an id
   * @param review whether to comment on lines
   * @param summary whether to keep the summary comment
   */
  public void comment(Report report, int number, String head, boolean review, boolean summary) {
    Authorship authorship = new Authorship(api);
    if (review) {
      Marker marker =
          new Marker(Marker.FINDING, run.id(), head, run.number(), run.attempt(), List.of());
      attempt(
          "the review comments",
          "pull-requests: write",
          () ->
              new ReviewThreads(api, authorship, new PullRequest(api, number, head))
                  .update(report, marker));
    }
    if (summary) {
      boolean needed =
          report.histories().stream().anyMatch(history -> !history.migrations().isEmpty())
              || !report.findings().isEmpty();
      List<String> fingerprints = List.copyOf(Comments.fingerprints(report.findings()));
      Marker marker =
          new Marker(Marker.SUMMARY, run.id(), head, run.number(), run.attempt(), fingerprints);
      attempt(
          "the summary comment",
          "pull-requests: write",
          () ->
              new StickyComment(api, authorship, number)
                  .write(
                      marker,
                      needed,
                      before -> Comments.summary(report, before.map(b -> delta(b, marker)))));
    }
  }

  private static Comments.Delta delta(Marker before, Marker now) {
    int unchanged =
        (int) now.fingerprints().stream().filter(before.fingerprints()::contains).count();
    return new Comments.Delta(
        now.fingerprints().size() - unchanged, before.fingerprints().size() - unchanged, unchanged);
  }

  /** Makes a check run; false when the findings have to be annotated another way. */
  public boolean check(Report report, String commit) {
    return attempt(
        "the check run",
        "checks: write",
        () ->
            new CheckRun(api)
                .create(report, run.id(), commit, Comments.summary(report, Optional.empty())));
  }

  /** Hands the findings to code scanning. */
  public boolean upload(String sarif) {
    return attempt(
        "the code-scanning upload",
        "security-events: write",
        () -> new CodeScanning(api).upload(sarif, run.commit(), run.ref()));
  }

  private boolean attempt(String what, String permission, Step step) {
    try {
      step.run();
      return true;
    } catch (IOException e) {
      OptionalInt status = Refusal.status(e);
      boolean forbidden =
          status.isPresent() && (status.getAsInt() == 403 || status.getAsInt() == 404);
      warnings.add(
          forbidden
              ? "GitHub refused %s (%s): the token may not. Give the job `permissions: %s`; on pull requests from forks post with `drydock report`. The verdict is unchanged. See %s"
                  .formatted(what, Refusal.of(e), permission, PAGE)
              : "GitHub did not take %s (%s). The verdict is unchanged; run the job again."
                  .formatted(what, Refusal.of(e)));
      return false;
    }
  }

  /** The text of the job summary, within the 1 MiB that GitHub shows. */
  public static String jobSummary(Report report) {
    return Comments.summary(report, Optional.empty());
  }
}
