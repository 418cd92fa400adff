package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code action.yml} offers what the code reads, and promises what it writes. */
class ActionFileTest {
  private static final JsonNode ACTION = read();

  @Test
  void theInputsAreThoseThatAreRead() {
    assertThat(names("inputs"))
        .containsExactlyElementsOf(Stream.of(Input.values()).map(Input::id).toList());
    for (Input input : Input.values()) {
      JsonNode offered = ACTION.at("/inputs/" + input.id());
      assertThat(offered.at("/description").asText()).as(input.id()).isNotBlank();
      // The token is the one input whose default only the workflow knows.
      String standard = input == Input.TOKEN ? "${{ github.token }}" : input.standard();
      assertThat(offered.at("/default").asText()).as(input.id()).isEqualTo(standard);
      if (input != Input.TOKEN) {
        assertThat(offered.at("/description").asText()).isEqualTo(input.meaning());
      }
    }
  }

  @Test
  void theOutputsAreThoseOnThePage() throws IOException {
    String page = Files.readString(Path.of("docs/github-action.md"));
    String table = page.substring(page.indexOf("## Outputs"), page.indexOf("## Exit status"));
    List<String> documented = new ArrayList<>();
    for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
      Matcher name = Pattern.compile("`([a-z]+)`").matcher(row.substring(0, row.indexOf('|', 2)));
      while (name.find()) {
        documented.add(name.group(1));
      }
    }
    assertThat(names("outputs")).containsExactlyElementsOf(documented);
  }

  @Test
  void theOutputsAreThoseThatAreWritten() throws IOException {
    String code = Files.readString(Path.of("src/main/java/dev/drydock/cli/ActionCommand.java"));
    List<String> written = new ArrayList<>();
    Matcher put =
        Pattern.compile("(?:outputs\\.put\\(\\s*|write\\(outputs, )\"([a-z]+)\"").matcher(code);
    while (put.find()) {
      written.add(put.group(1));
    }
    assertThat(names("outputs")).containsExactlyInAnyOrderElementsOf(written);
  }

  private static List<String> names(String part) {
    List<String> names = new ArrayList<>();
    ACTION.path(part).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("action.yml").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
