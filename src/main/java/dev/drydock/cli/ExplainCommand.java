package dev.drydock.cli;

import dev.drydock.docs.RulePage;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.report.Printable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a rule means and what to do. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Says what a rule means, why it matters and what to do instead.")
final class ExplainCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      paramLabel = "ID",
      description = "The rule, by its id or another tool's, such as squawk:ban-drop-column.")
  private String id;

  @Mixin private final KnownRules known;

  ExplainCommand(Environment environment) {
    this.environment = environment;
    this.known = new KnownRules(environment);
  }

  @Override
  public Integer call() {
    RulePack pack = known.pack();
    List<Rule> rules = pack.findAll(id);
    if (rules.isEmpty()) {
      throw new UsageException(unknown(pack));
    }
    String pages = rules.stream().map(RulePage::markdown).collect(Collectors.joining("\n"));
    environment.out().print(Printable.lines(pages));
    return ExitStatus.CLEAN.code();
  }

  private String unknown(RulePack pack) {
    List<String> close =
        pack.rules().stream().map(Rule::id).filter(known -> shares(known, id)).toList();
    String hint = close.isEmpty() ? "" : " Close to it: " + String.join(", ", close) + ".";
    return "there is no rule `%s`.%s `drydock rules` lists them all.".formatted(id, hint);
  }

  private static boolean shares(String known, String asked) {
    return List.of(asked.split("[-:_]")).stream()
        .filter(word -> word.length() > 3)
        .anyMatch(known::contains);
  }
}
