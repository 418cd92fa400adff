package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the action has each input as the code has it. */
class ActionPageTest {
  @Test
  void thePageListsTheInputsThatAreRead() throws IOException {
    String table =
        Stream.of(Input.values())
            .map(
                input ->
                    "| `%s` | %s | %s |\n"
                        .formatted(
                            input.id(),
                            input.meaning(),
                            input.standard().isEmpty() ? "" : "`" + input.standard() + "`"))
            .collect(Collectors.joining());
    Path page = Path.of("docs/github-action.md");
    String text = Files.readString(page);
    String written =
        text.replaceFirst(
            "(?s)(\\| name \\| meaning \\| default \\|\n.*?\n).*?(?=\n?## Outputs)",
            "$1" + java.util.regex.Matcher.quoteReplacement(table));
    if (Boolean.getBoolean("update")) {
      Files.writeString(
          page, written.replace("\n## Outputs", "\n\n## Outputs").replace("\n\n\n", "\n\n"));
    }
    assertThat(text).contains(table);
  }
}
