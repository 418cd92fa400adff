package dev.drydock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.facts.mapping.Subjects;
import dev.drydock.policy.RulePack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsPageTest {

  @Test
  void everySubjectHasAnExample() throws Exception {
    String page =
        new FactsPage(Path.of("src/main/java/dev/drydock/facts"), RulePack.builtIn()).markdown();

    assertThat(new TreeSet<>(Subjects.KINDS.keySet()))
        .hasSizeGreaterThan(20)
        .allSatisfy(kind -> assertThat(page).contains("\nEach `%s`".formatted(kind)));
    assertThat(page).doesNotContain("```cel\nnull\n");
  }

  @Test
  void examplesOfNoRuleTypeCheck(@TempDir Path directory) throws Exception {
    for (Map.Entry<String, String> example : FactsPage.FALLBACKS.entrySet()) {
      Files.writeString(
          directory.resolve("about-" + example.getKey() + ".yaml"),
          """
          id: about-%s
          title: An example
          severity: warning
          engines: [postgresql]
          tags: [correctness]
          each: %s
          when: >-
            %s
          message: There.
          why: There.
          fix: There.
          examples: []
          """
              .formatted(example.getKey(), example.getKey(), example.getValue()));
    }

    assertThat(RulePack.checked(directory, Path.of("")).rules())
        .hasSize(FactsPage.FALLBACKS.size());
  }
}
