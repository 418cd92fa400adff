package dev.drydock.cli;

import dev.drydock.engine.postgres.PostgresEngine;
import dev.drydock.lint.Configuration;
import dev.drydock.lint.RuleExamples;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Preset;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.replay.ReplayException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the examples of the user's own rules on a real server. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the examples of the rules in a directory on a real server: what is marked has to be reported where it is"
          + " marked, everything else has to be clean.",
      "",
      "Exits with 1 when an example fails."
    })
final class RulesTestCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "DIR", description = "Directory with rule files, at any depth.")
  private Path directory;

  @Option(
      names = "--engine-major",
      paramLabel = "N",
      description = "Major version of PostgreSQL to run on (default: 17).")
  private int major = PostgresEngine.DEFAULT_MAJOR;

  RulesTestCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws ReplayException {
    Path rules = environment.directory().resolve(directory);
    if (!Files.isDirectory(rules)) {
      throw new UsageException("%s is not a directory with rules".formatted(directory));
    }
    RulePack own = RulePack.checked(environment.directory(), directory);
    if (own.rules().isEmpty()) {
      throw new UsageException(
          "there is no rule in %s: a rule is a file ID.yaml, and `drydock rules new ID` writes one"
              .formatted(directory));
    }
    Policy policy = Policy.of(RulePack.builtIn().and(own), Preset.ALL, Map.of());
    try (PostgresEngine engine =
        PostgresEngine.startBundled(
            new Installation(environment).postgres(), major, Configuration.Limits.DEFAULT.disk())) {
      return run(own, new RuleExamples(engine, policy)).code();
    }
  }

  private ExitStatus run(RulePack own, RuleExamples examples) throws ReplayException {
    PrintStream out = environment.out();
    int ok = 0;
    int failed = 0;
    for (Rule rule : own.rules()) {
      out.println(rule.id());
      for (RuleExamples.Tried tried : examples.run(rule)) {
        boolean holds = tried.problems().isEmpty();
        ok += holds ? 1 : 0;
        failed += holds ? 0 : 1;
        out.printf("  %-6s  %s%n", holds ? "ok" : "FAILED", tried.name());
        for (String problem : tried.problems()) {
          out.print(problem.indent(10));
        }
      }
    }
    out.printf("%d ok, %d failed%n", ok, failed);
    out.flush();
    return failed == 0 ? ExitStatus.CLEAN : ExitStatus.FINDINGS;
  }
}
