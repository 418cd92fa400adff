package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {
  private static final Path FILE = Path.of("drydock-rules", "loud-name.yaml");

  @TempDir Path directory;

  @BeforeEach
  void aRuleToBeginWith() {
    assertThat(CommandLineRun.in(directory, "rules", "new", "loud-name").status()).isZero();
  }

  @Test
  void aFailedExampleSaysWhatWasReportedInstead() throws Exception {
    edit("has capitals\n", "is shouting\n");

    CommandLineRun test = CommandLineRun.in(directory, "rules", "test", "drydock-rules");

    assertThat(test.status()).isEqualTo(1);
    assertThat(test.out())
        .startsWith(
            """
            loud-name
              FAILED  a name in quotes
                      nothing is reported at line 2 of change/1.sql with the words `Table public.Orders is shouting`
            """)
        .contains("loud-name: Table public.Orders has capitals in its name")
        .endsWith("0 ok, 1 failed\n");
  }

  @Test
  void aPreflightQueryIsTriedBeforeTheChange() throws Exception {
    edit("examples:\n", "preflight: select from {qualified(table.name)}\nexamples:\n");

    CommandLineRun test = CommandLineRun.in(directory, "rules", "test", "drydock-rules");

    assertThat(test.out())
        .contains(
            "before the change, the query `select from public.\"Orders\"` fails: relation"
                + " \"public.Orders\" does not exist");
  }

  @Test
  void theIdOfAnotherToolLeadsToTheRule() {
    CommandLineRun explain = CommandLineRun.in(directory, "explain", "squawk:ban-drop-column");

    assertThat(explain.status()).isZero();
    assertThat(explain.out()).startsWith("# `column-drop`\n");
  }

  @Test
  void anIdThatStandsForSeveralRulesExplainsThemAll() {
    assertThat(CommandLineRun.in(directory, "explain", "pg-schema-diff:DELETES_DATA").out().lines())
        .filteredOn(line -> line.startsWith("# "))
        .containsExactly("# `column-drop`", "# `sequence-drop`", "# `table-drop`");
  }

  @Test
  void aRuleOfTheRepositoryIsExplainedAndListedLikeAnyOther() throws Exception {
    CommandLineRun unnamed = CommandLineRun.in(directory, "explain", "loud-name");
    Files.writeString(directory.resolve("ci.yml"), "rules: [drydock-rules]\n");
    CommandLineRun named =
        CommandLineRun.in(directory, "explain", "loud-name", "--config", "ci.yml");
    Files.writeString(directory.resolve(".drydock.yml"), "rules: [drydock-rules]\n");
    CommandLineRun explain = CommandLineRun.in(directory, "explain", "loud-name");
    CommandLineRun rules = CommandLineRun.in(directory, "rules");

    assertThat(unnamed.status()).isEqualTo(2);
    assertThat(explain.out()).startsWith("# `loud-name`\n\nTable name has capitals.\n");
    assertThat(named).isEqualTo(explain);
    assertThat(rules.out())
        .containsPattern("(?m)^loud-name +warning  Table name has capitals$")
        .containsPattern("(?m)^table-rewrite ");
  }

  @Test
  void aConfigurationThatCannotBeReadIsToldThereToo() throws Exception {
    Files.writeString(directory.resolve(".drydock.yml"), "ruls: [drydock-rules]\n");

    CommandLineRun rules = CommandLineRun.in(directory, "rules");

    assertThat(rules.status()).isEqualTo(2);
    assertThat(rules.err()).startsWith("drydock: .drydock.yml:1:1: the configuration has no key");
  }

  @Test
  void anIdNobodyHasIsWrongUsage() {
    CommandLineRun explain = CommandLineRun.in(directory, "explain", "squawk:ban-drop-colum");

    assertThat(explain.status()).isEqualTo(2);
    assertThat(explain.err())
        .contains(
            "there is no rule `squawk:ban-drop-colum`. Close to it: attribute-drop, blocking-index-drop, ");
  }

  @Test
  void anExpressionThatDoesNotCompileIsNamedWithItsPlaceAndWhatExists() throws Exception {
    edit("table.event ==", "table.happening ==");

    CommandLineRun test = CommandLineRun.in(directory, "rules", "test", "drydock-rules");

    assertThat(test.status()).isEqualTo(2);
    assertThat(test.err())
        .startsWith(
            "drydock: drydock-rules/loud-name.yaml:9:7: rule loud-name: `when` does not compile:"
                + " undefined field 'happening'")
        .contains("`table` has `event`, `name`, ");
  }

  @Test
  void aRuleOfTheRepositoryIsCheckedBeforeItIsUsed() throws Exception {
    edit("{table.name}", "{tabel.name}");
    Files.writeString(directory.resolve(".drydock.yml"), "rules: [drydock-rules]\n");
    Files.writeString(directory.resolve("1_a.sql"), "select 1;\n");

    CommandLineRun lint = CommandLineRun.in(directory, "lint", "1_a.sql");

    assertThat(lint.status()).isEqualTo(2);
    assertThat(lint.err())
        .contains(
            "drydock-rules/loud-name.yaml:13:10: rule loud-name: `message` does not compile:");
  }

  @Test
  void aRuleThatIsThereIsNotWrittenOver() throws Exception {
    edit("has capitals\n", "is shouting\n");
    String before = Files.readString(directory.resolve(FILE));

    CommandLineRun again = CommandLineRun.in(directory, "rules", "new", "loud-name");

    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo("drydock: drydock-rules/loud-name.yaml is there already and is left as it is\n");
    assertThat(Files.readString(directory.resolve(FILE))).isEqualTo(before);
  }

  private void edit(String old, String now) throws Exception {
    Path file = directory.resolve(FILE);
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, now));
  }
}
