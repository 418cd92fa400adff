package dev.drydock.cli;

import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.report.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = "Lists the rules with their severities, or tests and begins rules of your own.")
final class RulesCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private final KnownRules known;

  RulesCommand(Environment environment) {
    this.environment = environment;
    this.known = new KnownRules(environment);
  }

  @Override
  public Integer call() {
    RulePack pack = known.pack();
    int width = pack.rules().stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
    for (Rule rule : pack.rules()) {
      String line =
          ("%-" + width + "s  %-7s  %s").formatted(rule.id(), rule.severity().id(), rule.title());
      environment.out().println(Printable.line(line));
    }
    return ExitStatus.CLEAN.code();
  }
}
