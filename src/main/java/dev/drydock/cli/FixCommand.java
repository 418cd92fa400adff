package dev.drydock.cli;

import dev.drydock.lint.Fixing;
import dev.drydock.replay.ReplayException;
import dev.drydock.report.DiffText;
import dev.drydock.report.Printable;
import dev.drydock.source.UnifiedDiff;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rewrites the new migrations where a finding says how, and shows the difference. */
@Command(
    name = "fix",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lints, rewrites the new migrations where a finding carries a mechanical fix that is safe to apply, lints what"
          + " it wrote, and shows the difference. A file that does not get better is left as it is.",
      "",
      "What needs another migration is not written: it is said which, with its SQL."
    },
    parameterListHeading = "%nFiles:%n",
    optionListHeading = "%nOptions:%n")
final class FixCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private final Selection selection;

  @Option(names = "--dry-run", description = "Show the difference, a patch, and write nothing.")
  private boolean dryRun;

  FixCommand(Environment environment) {
    this.environment = environment;
    this.selection = new Selection(environment);
  }

  @Override
  public Integer call() throws ReplayException, IOException {
    if (!dryRun && !selection.isWorkingTree()) {
      throw new UsageException(
          "with --head or --newest the migrations may be applied already, and those are not changed;"
              + " add --dry-run to see what would be");
    }
    return selection.with(
        selected -> {
          Fixing.Result result =
              new Fixing(selected.lint(), selected.supplies()).run(selected.histories());
          selected.progress().close();
          List<Fixing.FixedFile> done = new ArrayList<>();
          try {
            if (dryRun) {
              done.addAll(result.files());
            } else {
              write(selected.files(), result.files(), done);
            }
          } finally {
            // Also when a later one could not be written: nobody has to find out which were.
            done.forEach(this::show);
          }
          summarize(result);
          return ExitStatus.of(result.report()).code();
        });
  }

  private static void write(
      Path directory, List<Fixing.FixedFile> files, List<Fixing.FixedFile> done)
      throws IOException {
    try (Rewrite rewrite = Rewrite.prepare(directory, files)) {
      rewrite.run(done::add);
    }
  }

  private void show(Fixing.FixedFile file) {
    String difference = UnifiedDiff.of(file.before(), file.after());
    environment.out().print(DiffText.render(difference, environment.colours()));
    environment.out().flush();
  }

  /** What is no patch does not go where one is read. */
  private void summarize(Fixing.Result result) {
    PrintStream out = environment.outTerminal() ? environment.out() : environment.err();
    result.report().unjudged().forEach(environment::say);
    for (Fixing.Left left : result.left()) {
      out.print(
          Printable.lines(
              "%s: %s: %s"
                  .formatted(
                      left.finding().location(), left.finding().rule().id(), left.reason())));
      out.print(Printable.lines(left.sql().indent(4).stripTrailing()));
    }
    int remaining = result.report().findings().size();
    out.printf(
        "%s %d %s; %s%n",
        dryRun ? "Would fix" : "Fixed",
        result.files().size(),
        result.files().size() == 1 ? "file" : "files",
        remaining == 0
            ? "nothing is reported any more."
            : "%d %s left: `drydock lint` says what."
                .formatted(remaining, remaining == 1 ? "finding is" : "findings are"));
    out.flush();
  }
}
