package dev.drydock.cli;

import dev.drydock.report.Colours;
import dev.drydock.report.Printable;
import dev.drydock.report.Unjudged;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the program finds around it; the only way it looks at the system it runs on.
 *
 * @param directory the working directory
 * @param variables the environment variables
 * @param properties the JVM's system properties
 * @param out where results go
 * @param err where progress and complaints go
 * @param outTerminal whether {@code out} is a terminal
 * @param errTerminal whether {@code err} is one
 */
public record Environment(
    Path directory,
    Map<String, String> variables,
    Map<String, String> properties,
    PrintStream out,
    PrintStream err,
    boolean outTerminal,
    boolean errTerminal) {
  private static final int NARROWEST = 60;
  private static final int WIDEST = 120;
  private static final int USUAL = 100;

  public Environment {
    Objects.requireNonNull(directory);
    variables = Map.copyOf(variables);
    properties = Map.copyOf(properties);
    Objects.requireNonNull(out);
    Objects.requireNonNull(err);
  }

  /** The real one. */
  static Environment system() {
    Map<String, String> properties = new HashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, System.getProperty(name)));
    return new Environment(
        Path.of("").toAbsolutePath(),
        System.getenv(),
        properties,
        new PrintStream(
            new OutputUntilSignal(new OutputToReader(new FileOutputStream(FileDescriptor.out))),
            true,
            StandardCharsets.UTF_8),
        new PrintStream(new OutputUntilSignal(System.err), true, StandardCharsets.UTF_8),
        // Java cannot ask about one stream alone; the launcher can.
        Boolean.getBoolean("drydock.terminal.out"),
        Boolean.getBoolean("drydock.terminal.err"));
  }

  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** How many processors the program may use. */
  int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  /**
   * Lets a proxy be told a password before it opens a tunnel, which is for the whole JVM and has to
   * be said before its first request. By default that is refused: it is told in the clear, as the
   * one who named it to us expects.
   */
  void allowPasswordsForTunnels() {
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  /** Whether to colour: on a terminal, unless the user said no (no-color.org). */
  Colours colours() {
    boolean wanted =
        outTerminal && variable("NO_COLOR").isEmpty() && !variable("TERM").equals("dumb");
    return wanted ? Colours.ANSI : Colours.NONE;
  }

  /** Says what went wrong; it may quote words that came with the pull request. */
  void say(String message) {
    err.print(Printable.lines("drydock: " + message));
    err.flush();
  }

  /** Says what there is no verdict on. */
  void say(Unjudged why) {
    String place = why.location().map(location -> location + ": ").orElse("");
    String remedy = why.remedies().isEmpty() ? "" : "\n  remedy: ";
    say(place + why.message() + remedy + String.join("\n  ", why.remedies()));
  }

  /** Columns to write in. */
  int width() {
    try {
      return Math.clamp(Integer.parseInt(variable("COLUMNS")), NARROWEST, WIDEST);
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }
}
