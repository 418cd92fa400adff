package dev.drydock.cli;

import dev.drydock.policy.RulePack;
import dev.drydock.source.Checkout;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The rules that migrations here are judged by: Drydock's, and those the configuration names. */
final class KnownRules {
  private final Environment environment;

  @Option(names = "--config", paramLabel = "FILE", description = Settings.CONFIG)
  private Optional<Path> config = Optional.empty();

  KnownRules(Environment environment) {
    this.environment = environment;
  }

  /** Reads them; takes a moment. */
  RulePack pack() {
    Path root = Checkout.top(environment.directory()).orElse(environment.directory());
    return Settings.read(
            environment,
            root,
            new Settings.Overrides(config, Optional.empty(), Optional.empty(), Optional.empty()))
        .pack();
  }
}
