package dev.drydock.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HazardListTest {
  private static final RulePack PACK = RulePack.builtIn();

  private static HazardList published() throws IOException {
    Path file = Path.of("docs/hazards.yaml");
    return HazardList.read(file.toString(), Files.readString(file));
  }

  @Test
  void everyHazardHasARuleAndEveryRuleItsLevel() throws IOException {
    assertThat(published().disagreements(PACK)).isEmpty();
  }

  @Test
  void everyRuleAboutPostgresReportsAHazard() {
    assertThat(PACK.rules())
        .filteredOn(rule -> Files.exists(Path.of("rules/postgresql", rule.id() + ".yaml")))
        .hasSizeGreaterThan(100)
        .allSatisfy(rule -> assertThat(rule.hazards()).as(rule.id()).isNotEmpty());
  }

  @Test
  void whatDoesNotAgreeIsNamed() throws IOException {
    String text = Files.readString(Path.of("docs/hazards.yaml"));
    assertThat(text).contains("name: json-column\n      level: warning");

    assertThat(
            HazardList.read("h.yaml", text.replace("name: json-column\n", "name: gson-column\n"))
                .disagreements(PACK))
        .containsExactlyInAnyOrder(
            "json-column reports `json-column`, which is not in the list",
            "no rule reports `gson-column`");
    assertThat(
            HazardList.read(
                    "h.yaml",
                    text.replace(
                        "name: json-column\n      level: warning",
                        "name: json-column\n      level: style"))
                .disagreements(PACK))
        .containsExactly(
            "json-column is warning and `json-column` is style; the list does not say why");
    assertThat(
            HazardList.read(
                    "h.yaml",
                    text.replace(
                        "name: json-column\n",
                        "name: json-column\n      differs: {json-column: it does not}\n"))
                .disagreements(PACK))
        .containsExactly("`json-column` need not say why json-column differs");
  }

  @Test
  void aNameIsThereOnce() {
    assertThatThrownBy(
            () ->
                HazardList.read(
                    "h.yaml",
                    """
                    - category: Locks
                      hazards:
                        - {name: a, level: error, what: It locks.}
                        - {name: a, level: error, what: It locks.}
                    """))
        .isInstanceOf(PolicyException.class)
        .hasMessage("h.yaml:4:7: `a` is there twice");
  }

  @Test
  void everyIdOfAnotherToolLeadsToTheRulesThatHaveIt() {
    int ids = 0;
    for (Rule rule : PACK.rules()) {
      assertThat(rule.aliases()).as(rule.id()).doesNotHaveDuplicates();
      for (String alias : rule.aliases()) {
        assertThat(alias).matches("[a-z_-]+:[A-Za-z0-9_-]+");
        assertThat(PACK.findAll(alias)).as(alias).contains(rule);
        ids++;
      }
    }
    assertThat(ids).isGreaterThan(300);
  }
}
