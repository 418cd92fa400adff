package dev.drydock.cli;

import dev.drydock.replay.ReplayException;
import dev.drydock.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays what the base has, runs what the change adds, and reports. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds the migrations a change adds, replays the ones before them into a throw-away database, runs the new ones there"
          + " under observation, and reports what the rules hold against them.",
      "",
      "Without files, the change is what differs between the merge base with the default branch and the working tree,"
          + " uncommitted and untracked files included."
    },
    parameterListHeading = "%nFiles:%n",
    optionListHeading = "%nOptions:%n")
final class LintCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private final Selection selection;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = Candidates.Formats.class,
      description = "What to write: ${COMPLETION-CANDIDATES} (default: text).")
  private String format = "text";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write it (default: standard output).")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FORMAT=FILE",
      description = "A further report of the same run. May be given several times.")
  private List<String> reports = List.of();

  LintCommand(Environment environment) {
    this.environment = environment;
    this.selection = new Selection(environment);
  }

  @Override
  public Integer call() throws ReplayException, IOException {
    Reports writer = Reports.of(environment, format, output, reports);
    return selection.with(
        selected -> {
          selected.lint().whileReplaying(writer::prepare);
          Report report =
              selected
                  .lint()
                  .runLast(selected.histories(), selected.supplies())
                  .besides(selected.unlooked())
                  .judgedBy(selected.judging());
          selected.progress().close();
          writer.write(report);
          return ExitStatus.of(report).code();
        });
  }
}
