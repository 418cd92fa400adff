package dev.drydock.cli;

import dev.drydock.lint.Configuration;
import dev.drydock.policy.Finding;
import dev.drydock.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the reports that were asked for. */
final class Reports {
  private final Environment environment;

  private Reports(Environment environment) {
    this.environment = environment;
  }

  static Reports of(
      Environment environment, String format, Optional<Path> output, Map<String, Path> further) {
    return new Reports(environment);
  }

  void nothingToLint(Configuration configuration, List<Path> directories) {
    environment.out().println("No migration in this change.");
  }

  void write(Report report) {
    for (Finding f : report.findings()) {
      environment
          .out()
          .println(
              f.location() + " " + f.severity().id() + " [" + f.rule().id() + "] " + f.message());
      for (String e : f.evidence()) environment.out().println("      " + e);
    }
    report.notices().forEach(environment.out()::println);
    report
        .histories()
        .forEach(
            h ->
                environment
                    .out()
                    .println(
                        h.directory()
                            + " "
                            + h.layout()
                            + " "
                            + h.engine()
                            + " "
                            + h.engineVersion()
                            + " applied "
                            + h.applied()));
  }
}
