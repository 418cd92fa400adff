package dev.drydock.cli;

import dev.drydock.engine.postgres.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a command line printed and how it ended. */
record CommandLineRun(int status, String out, String err) {

  /** Runs the whole program in this process, in {@code directory}. */
  static CommandLineRun in(Path directory, String... arguments) {
    return in(directory, false, List.of(arguments));
  }

  static CommandLineRun in(Path directory, boolean terminal, List<String> arguments) {
    return in(directory, terminal, Map.of(), arguments);
  }

  /**
   * The same in an environment that differs from the usual one.
   *
   * @param changes environment variables and, by their dots, system properties
   */
  static CommandLineRun in(
      Path directory, boolean terminal, Map<String, String> changes, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> properties = new HashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, System.getProperty(name)));
    Map<String, String> variables = new HashMap<>();
    variables.put("DRYDOCK_CACHE", TestServers.installation().cache().toString());
    changes.forEach(
        (name, value) -> (name.contains(".") ? properties : variables).put(name, value));
    Environment environment =
        new Environment(
            directory,
            variables,
            properties,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            false);
    int status = new Drydock(environment).run(arguments.toArray(String[]::new));
    return new CommandLineRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
