package dev.drydock.cli;

import dev.drydock.github.Api;
import dev.drydock.github.Event;
import dev.drydock.github.GitHubException;
import dev.drydock.github.Publication;
import dev.drydock.report.JsonReports;
import dev.drydock.report.Report;
import dev.drydock.report.UnreadableReportException;
import dev.drydock.source.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The report of a run without rights, posted by one with them. It may be a stranger's: its shape
 * and size are checked, and the pull request has to be at the commit that the other run was for.
 * Whether what it says is true is not: its words are posted as words, its rules as links to the
 * pages of Drydock's own, and its places as links to the files of that commit.
 */
final class PostedReport {
  /** Bytes; a report of a thousand findings has a few million. */
  private static final long MOST = 20L << 20;

  private final Environment environment;
  private final Runner runner;

  PostedReport(Environment environment, Runner runner) {
    this.environment = environment;
    this.runner = runner;
  }

  /**
   * Posts it; the exit status is about that alone, for the verdict was the other run's to give.
   * When nothing could be posted the job fails: nobody reads the log of one that does not.
   *
   * @param number of the pull request, which is only believed when its head is that run's commit
   */
  int post(Path file, int number) throws IOException {
    if (!(runner.event() instanceof Event.WorkflowRun run)) {
      throw new UsageException(
          "a report is posted on the event workflow_run, which says what commit it has to be about; docs/github-action.md shows the workflow");
    }
    Report report = read(file);
    Api api =
        runner
            .api(
                Input.TOKEN
                    .in(environment)
                    .or(() -> Optional.of(environment.variable("GITHUB_TOKEN").strip()))
                    .filter(token -> !token.isEmpty()))
            .orElseThrow(
                () -> new UsageException("there is no token; set GITHUB_TOKEN or the input token"));
    String head = Publication.head(api, number);
    if (!head.equals(run.headSha())) {
      throw new GitHubException(
          "The report is of a run for commit %s, and pull request %d is at %s: it is not posted. A newer push has its own run."
              .formatted(run.headSha(), number, head));
    }
    Publication publication =
        new Publication(
            api,
            runner.run(Input.ID.in(environment).orElseThrow(), head, false, run),
            Optional.of(new Publication.Target(number, head)));
    boolean posted =
        publication.comment(
            report, Input.REVIEW.isOn(environment), Input.COMMENT.isOn(environment));
    runner.end(publication, report);
    return (posted ? ExitStatus.CLEAN : ExitStatus.NO_VERDICT).code();
  }

  private static Report read(Path file) throws IOException {
    // An artifact may hold a link to a file of this job.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException("the report %s is not there, or is no file".formatted(file));
    }
    if (Files.size(file) > MOST) {
      throw new GitHubException(
          "The report %s has more than %d bytes and is not posted.".formatted(file, MOST));
    }
    try {
      return JsonReports.read(Utf8.read(file, file));
    } catch (UnreadableReportException e) {
      throw new GitHubException(
          "The report %s is not posted: %s".formatted(file, e.getMessage()), e);
    }
  }
}
