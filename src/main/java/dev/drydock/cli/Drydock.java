package dev.drydock.cli;

import dev.drydock.github.GitHubException;
import dev.drydock.policy.PolicyException;
import dev.drydock.replay.ReplayException;
import dev.drydock.report.Colours;
import dev.drydock.source.SourceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The command line: parses, runs a command, and turns every way it can end into an exit status. */
@Command(
    name = "drydock",
    mixinStandardHelpOptions = true,
    versionProvider = Drydock.Version.class,
    description = {
      "Runs the SQL migrations of a change on a real database server, in a throw-away copy of what production has,"
          + " and reports what would lock, rewrite, break or delete.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:no finding at or above the threshold",
      "1:findings",
      "2:wrong usage or configuration",
      "3:no verdict: the run itself failed"
    },
    footer = {
      "",
      "Examples:",
      "  drydock lint                          what this branch adds, against the default branch",
      "  drydock lint --newest 5               the newest five migrations, as if they were new",
      "  drydock lint new.sql --applied old/   files, without git",
      "  drydock explain table-rewrite         what a rule means and what to do"
    })
public final class Drydock implements Runnable {
  /** Where readers of a report find what Drydock is. */
  static final URI HOME = URI.create("https://github.com/drydock-dev/drydock");

  private static final int TRACE_LINES = 60;

  private final Environment environment;

  public Drydock(Environment environment) {
    this.environment = environment;
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"drydock " + text()};
    }

    static String text() {
      return Optional.ofNullable(Drydock.class.getPackage().getImplementationVersion())
          .orElse("0.1.0-SNAPSHOT");
    }
  }

  /** Runs a command line and returns the exit status. */
  public int run(String... arguments) {
    Map<String, Supplier<Object>> all = commands();
    Optional<String> named = Arrays.stream(arguments).findFirst().filter(all::containsKey);
    // What a command's options are is found out by reflection, which is slow: of the one at hand.
    named.ifPresent(name -> all.keySet().retainAll(Set.of(name)));
    CommandLine line = commandLine(all);
    try {
      return complete(line.execute(arguments), line);
    } catch (StackOverflowError | OutOfMemoryError e) {
      // The JVM would end with 1, which says that there are findings.
      return broken(e);
    }
  }

  /** What could not be written was not said, whatever the command thinks. */
  private int complete(int status, CommandLine line) {
    line.getOut().flush();
    boolean said = status == ExitStatus.CLEAN.code() || status == ExitStatus.FINDINGS.code();
    if (said && environment.out().checkError()) {
      environment.say(
          "standard output could not be written, and is not complete: make room where it goes, and run it again");
      return ExitStatus.NO_VERDICT.code();
    }
    return status;
  }

  /** The commands and their options, ready to be run or described. */
  public CommandLine commandLine() {
    return commandLine(commands());
  }

  private Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("lint", () -> new LintCommand(environment));
    commands.put("fix", () -> new FixCommand(environment));
    commands.put(
        "rules",
        () ->
            new CommandLine(new RulesCommand(environment))
                .addSubcommand(new RulesTestCommand(environment))
                .addSubcommand(new RulesNewCommand(environment)));
    commands.put("explain", () -> new ExplainCommand(environment));
    commands.put("stats", () -> new StatsCommand(environment));
    commands.put("report", () -> new ReportCommand(environment));
    commands.put("action", () -> new ActionCommand(environment));
    return commands;
  }

  private CommandLine commandLine(Map<String, Supplier<Object>> commands) {
    PrintWriter out = new PrintWriter(environment.out(), true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(environment.err(), true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(this);
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    line.setOut(out);
    line.setErr(err);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            environment.colours() == Colours.ANSI ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(environment.width());
    line.setUsageHelpAutoWidth(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExitCodeExceptionMapper(unused -> ExitStatus.NO_VERDICT.code());
    line.setParameterExceptionHandler(this::wrongUsage);
    line.setExecutionExceptionHandler(this::failed);
    return line;
  }

  /** Without a command there is nothing to do but to say what there is. */
  @Override
  public void run() {
    commandLine().usage(environment.out());
  }

  private int wrongUsage(ParameterException e, String[] unused) {
    CommandLine line = e.getCommandLine();
    environment.say(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr().println("Try `%s --help`.".formatted(line.getCommandSpec().qualifiedName()));
    return ExitStatus.USAGE.code();
  }

  private int failed(Exception e, CommandLine unused, CommandLine.ParseResult unusedToo) {
    return switch (e) {
      case UsageException usage -> said(usage.getMessage(), ExitStatus.USAGE);
      case PolicyException policy -> said(policy.getMessage(), ExitStatus.USAGE);
      case GitHubException gitHub -> said(gitHub.getMessage(), ExitStatus.NO_VERDICT);
      case SourceException source -> said(source.getMessage(), ExitStatus.NO_VERDICT);
      case IOException io -> said(Problem.sentence(io), ExitStatus.NO_VERDICT);
      case UncheckedIOException io -> said(Problem.sentence(io.getCause()), ExitStatus.NO_VERDICT);
      case ReplayException replay -> {
        environment.say(Problem.unjudged(replay));
        yield ExitStatus.NO_VERDICT.code();
      }
      default -> broken(e);
    };
  }

  private int said(String message, ExitStatus status) {
    environment.say(message);
    return status.code();
  }

  private int broken(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    // Of a stack that overflowed, the beginning says it all.
    String lines = trace.toString().lines().limit(TRACE_LINES).collect(Collectors.joining("\n"));
    environment.say(
        "this is a bug in Drydock, please report it with the lines below\n" + lines + "\n");
    return ExitStatus.NO_VERDICT.code();
  }
}
