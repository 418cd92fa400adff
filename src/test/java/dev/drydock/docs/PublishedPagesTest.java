package dev.drydock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drydock.cli.Drydock;
import dev.drydock.cli.Environment;
import dev.drydock.lint.ConfigurationReader;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.policy.RuleReader;
import dev.drydock.report.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page that is made from the code or the rules is as it is made now. */
class PublishedPagesTest {
  private static final RulePack PACK = RulePack.builtIn();

  static Stream<Rule> rules() {
    return PACK.rules().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleHasItsPage(Rule rule) {
    Golden.equal(Path.of("docs/rules", rule.id() + ".md"), RulePage.markdown(rule));
  }

  @Test
  void thereIsNoPageWithoutARule() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("docs/rules"))) {
      Set<String> names =
          pages
              .map(page -> page.getFileName().toString().replace(".md", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      names.remove("README");
      assertThat(names).containsExactlyElementsOf(PACK.rules().stream().map(Rule::id).toList());
    }
  }

  @Test
  void theRulesAreListed() {
    Golden.equal(Path.of("docs/rules/README.md"), RuleIndex.markdown(PACK));
  }

  @Test
  void theFactsAreListed() throws IOException {
    FactsPage page = new FactsPage(Path.of("src/main/java/dev/drydock/facts"), PACK);
    Golden.equal(Path.of("docs/facts.md"), page.markdown());
  }

  @Test
  void theHazardsAreListed() throws IOException {
    Path list = Path.of("docs/hazards.yaml");
    Golden.equal(
        Path.of("docs/hazards.md"),
        HazardsPage.markdown(HazardList.read(list.toString(), Files.readString(list)), PACK));
  }

  @Test
  void theConfigurationIsDescribed() {
    Golden.equal(Path.of("docs/configuration.md"), ConfigurationPage.markdown());
    Golden.equal(Path.of("docs/schemas/drydock.schema.json"), ConfigurationSchema.json());
  }

  @Test
  void theDescriptionHasTheKeysThatAreRead() {
    assertThat(ConfigurationSchema.keys().keySet().stream().filter(key -> !key.contains(".")))
        .containsExactlyElementsOf(ConfigurationReader.KEYS);
  }

  @Test
  void theCommandsAreDescribed() {
    Environment nowhere =
        new Environment(Path.of(""), Map.of(), Map.of(), System.out, System.err, false, false);
    Golden.equal(Path.of("docs/cli.md"), CommandPage.markdown(new Drydock(nowhere).commandLine()));
  }

  @Test
  void theRuleFileIsDescribed() {
    Golden.equal(Path.of("docs/schemas/rule.schema.json"), RuleFileSchema.json());
    assertThat(RuleFileSchema.json())
        .contains(RuleReader.KEYS.stream().map(key -> "\"" + key + "\"").toList());
  }

  @Test
  void everyRuleFileIsAsItsSchemaSays() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("rules"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        String json =
            new ObjectMapper()
                .writeValueAsString(new ObjectMapper(new YAMLFactory()).readTree(file.toFile()));
        assertThat(errors(RuleFileSchema.json(), json)).as(file.toString()).isEmpty();
      }
    }
  }

  private static List<Error> errors(String schema, String json) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema, InputFormat.JSON)
        .validate(json, InputFormat.JSON);
  }
}
