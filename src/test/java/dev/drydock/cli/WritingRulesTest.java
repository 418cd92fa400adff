package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything in the guide to writing rules works, in the order of the page. */
class WritingRulesTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\n(.*?)```");
  private static final Pattern ID = Pattern.compile("^id: (\\S+)");

  @TempDir Path directory;

  @Test
  void theGuideWorks() throws Exception {
    int commands = 0;
    int rules = 0;
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("docs/writing-rules.md")));
    String last = "";
    while (blocks.find()) {
      String text = blocks.group(2);
      if (blocks.group(1).equals("sh")) {
        for (String line : text.lines().toList()) {
          assertThat(line).startsWith("drydock ");
          CommandLineRun run = CommandLineRun.in(directory, line.substring(8).split(" "));
          assertThat(run.status()).as(line + "\n" + run.out() + run.err()).isZero();
          last = run.out();
          commands++;
        }
        continue;
      }
      assertThat(blocks.group(1)).isEqualTo("yaml");
      Matcher id = ID.matcher(text);
      if (id.find()) {
        Files.writeString(directory.resolve("drydock-rules/" + id.group(1) + ".yaml"), text);
        rules++;
      } else {
        Files.writeString(directory.resolve(".drydock.yml"), text);
      }
    }
    assertThat(commands).isEqualTo(3);
    assertThat(rules).isEqualTo(2);
    assertThat(last).endsWith("3 ok, 0 failed\n");
    Files.writeString(
        directory.resolve("1_orders.sql"), "create table \"Orders\" (price timetz primary key);\n");
    CommandLineRun lint = CommandLineRun.in(directory, "lint", "1_orders.sql");
    assertThat(lint.out())
        .contains("warning[capital-table-name]: Table public.Orders has capitals")
        .contains("warning[forbidden-column-type]: Column price of public.Orders");
  }
}
