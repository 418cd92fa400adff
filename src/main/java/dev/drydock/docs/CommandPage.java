package dev.drydock.docs;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reference of the command line: what each command prints for {@code --help}. */
public final class CommandPage {
  private CommandPage() {}

  /**
   * The text of {@code docs/cli.md}.
   *
   * @param program the commands
   */
  public static String markdown(CommandLine program) {
    StringBuilder page =
        new StringBuilder("# Command line\n\nWhat `--help` prints, command by command.\n\n");
    section(page, program);
    return page.toString();
  }

  private static void section(StringBuilder page, CommandLine command) {
    page.append(
        "## `%s`\n\n```text\n%s\n```\n\n"
            .formatted(
                command.getCommandSpec().qualifiedName(),
                command.getUsageMessage(Ansi.OFF).stripTrailing().replaceAll("(?m)[ \\t]+$", "")));
    command.getSubcommands().values().stream()
        .distinct()
        .forEach(subcommand -> section(page, subcommand));
  }
}
