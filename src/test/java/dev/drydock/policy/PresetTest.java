package dev.drydock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresetTest {
  private static final Rule ERROR = rule("an-error", "error", "lock");
  private static final Rule WARNING = rule("a-warning", "warning", "lock");
  private static final Rule INFO = rule("an-info", "info", "lock");
  private static final Rule WANTED = rule("a-wanted-one", "off", "lock");
  private static final Rule STYLE = rule("a-style", "off", "naming, style");
  private static final RulePack PACK = RulePack.of(List.of(ERROR, WARNING, INFO, WANTED, STYLE));

  @Test
  void recommendedIsWhatTheFilesSay() {
    assertThat(Policy.of(PACK, Preset.RECOMMENDED, Map.of()).severities())
        .containsEntry(INFO, Severity.INFO)
        .containsEntry(WANTED, Severity.OFF)
        .containsEntry(STYLE, Severity.OFF);
  }

  @Test
  void strictWarnsOfAllButStyle() {
    assertThat(Policy.of(PACK, Preset.STRICT, Map.of()).severities())
        .containsEntry(ERROR, Severity.ERROR)
        .containsEntry(WARNING, Severity.WARNING)
        .containsEntry(INFO, Severity.WARNING)
        .containsEntry(WANTED, Severity.WARNING)
        .containsEntry(STYLE, Severity.OFF);
  }

  @Test
  void allWarnsOfStyleToo() {
    assertThat(Policy.of(PACK, Preset.ALL, Map.of()).severities())
        .containsEntry(ERROR, Severity.ERROR)
        .containsEntry(INFO, Severity.WARNING)
        .containsEntry(WANTED, Severity.WARNING)
        .containsEntry(STYLE, Severity.WARNING);
  }

  @Test
  void whatIsSaidOfOneRuleWins() {
    Map<String, Policy.Choice> choices =
        Map.of(
            ERROR.id(), new Policy.Choice(Optional.of(Severity.OFF), Map.of()),
            STYLE.id(), new Policy.Choice(Optional.of(Severity.ERROR), Map.of()));

    assertThat(Policy.of(PACK, Preset.STRICT, choices).severities())
        .containsEntry(ERROR, Severity.OFF)
        .containsEntry(STYLE, Severity.ERROR);
  }

  @Test
  void aRuleAboutStyleIsOffUntilSomebodyWantsIt() {
    assertThatThrownBy(() -> rule("a-style", "warning", "style"))
        .isInstanceOf(PolicyException.class)
        .hasMessage("a-style.yaml:3:11: a rule about style is `off` until a user wants it");
  }

  private static Rule rule(String id, String severity, String tags) {
    return RuleReader.read(
        id + ".yaml",
        """
        id: %s
        title: A rule
        severity: %s
        engines: [postgresql]
        tags: [%s]
        each: statement
        when: 'true'
        message: It is there.
        why: It is.
        fix: Do.
        examples: []
        """
            .formatted(id, severity, tags));
  }
}
