package dev.drydock.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Posts the JSON report of an unprivileged run to its pull request. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Posts the JSON report of a workflow that had no rights, such as one for a pull request from a fork, from a workflow on"
          + " workflow_run that has them. The token is in GITHUB_TOKEN."
    })
final class ReportCommand implements Callable<Integer> {
  private final Environment environment;

  @Option(names = "--from", paramLabel = "FILE", required = true, description = "The JSON report.")
  private Path from;

  @Option(
      names = "--pull-request",
      paramLabel = "N",
      required = true,
      description =
          "The pull request; its head has to be the commit that the other workflow ran for.")
  private int pullRequest;

  ReportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    return new PostedReport(environment, new Runner(environment))
        .post(environment.directory().resolve(from), pullRequest);
  }
}
