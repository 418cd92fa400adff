package dev.drydock.cli;

import dev.drydock.policy.RuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a rule to begin with. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = "Writes a rule to begin with, whose example runs.")
final class RulesNewCommand implements Callable<Integer> {
  private static final String SKELETON =
      """
      # What each key means: docs/writing-rules.md; what there is to ask: docs/facts.md.
      id: %s
      title: Table name has capitals
      severity: warning
      engines: [postgresql]
      tags: [naming]

      each: table
      when: >-
        table.event == 'created'
        && table.after.localName != table.after.localName.lowerAscii()

      message: >-
        Table {table.name} has capitals in its name: every query has to put it in quotes.

      why: |
        PostgreSQL takes a name without quotes as lower case, so this one is never found without them.

      fix: |
        Name it in lower case, with underscores between words.

      examples:
        - name: a name in quotes
          bad: |
            -- FINDING: Table public.Orders has capitals
            create table "Orders" (id bigint primary key);
          good: |
            create table orders (id bigint primary key);
          equivalent: false
      """;

  private final Environment environment;

  @Parameters(
      paramLabel = "ID",
      description = "Its id: lower case words with hyphens; names the bad thing.")
  private String id;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to write it (default: drydock-rules).")
  private Path directory = Path.of("drydock-rules");

  RulesNewCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    String name = id + ".yaml";
    String text = SKELETON.formatted(id);
    RuleReader.read(name, text);
    Path shown = directory.resolve(name);
    Path file = environment.directory().resolve(shown);
    if (Files.exists(file)) {
      throw new UsageException("%s is there already and is left as it is".formatted(shown));
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    environment
        .out()
        .printf(
            "Wrote %s. `drydock rules test %s` runs its example; `rules: [%s]` in .drydock.yml turns it on.%n",
            shown, directory, directory);
    return ExitStatus.CLEAN.code();
  }
}
