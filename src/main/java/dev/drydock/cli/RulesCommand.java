package dev.drydock.cli;

import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = "Lists the rules with their severities, or tests and begins rules of your own.")
final class RulesCommand implements Callable<Integer> {
  private final Environment environment;

  RulesCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    RulePack pack = RulePack.builtIn();
    int width = pack.rules().stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
    for (Rule rule : pack.rules()) {
      environment
          .out()
          .printf("%-" + width + "s  %-7s  %s%n", rule.id(), rule.severity().id(), rule.title());
    }
    return ExitStatus.CLEAN.code();
  }
}
