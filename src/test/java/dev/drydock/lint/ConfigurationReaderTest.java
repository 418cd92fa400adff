package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Preset;
import dev.drydock.policy.RulePack;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {

  @Test
  void aPresetIsNamed() {
    assertThat(read("preset: strict\n").preset()).isEqualTo(Preset.STRICT);
  }

  @Test
  void withoutOneTheRulesSpeakForThemselves() {
    assertThat(read("").preset()).isEqualTo(Preset.RECOMMENDED);
  }

  @Test
  void anUnknownPresetIsRefused() {
    assertThatThrownBy(() -> read("preset: strickt\n"))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            ".drydock.yml:1:9: `preset` is `strickt`; there are `recommended`, `strict`, `all`");
  }

  private static Configuration read(String text) {
    return ConfigurationReader.read(".drydock.yml", text, List.of());
  }

  @Test
  void anOptionIsOfTheTypeOfItsDefault() {
    assertRefused(
        "options:\n  missing-standard-column:\n    columns: created_at\n",
        ".drydock.yml:3:14: the option `columns` of missing-standard-column is a list of texts, such as"
            + " `[created_at]`");
    assertRefused(
        "options:\n  missing-comment:\n    columns: 5\n",
        ".drydock.yml:3:14: the option `columns` of missing-comment is true or false, such as `true`");
  }

  @Test
  void aPatternThatIsNoneIsNamedBeforeAnythingRuns() {
    assertRefused(
        "options:\n  unconventional-name:\n    table: '^[a-z'\n",
        ".drydock.yml:3:12: the option `table` of unconventional-name is a regular expression (RE2), and"
            + " `^[a-z` is none: missing closing ]");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(
            () -> ConfigurationReader.checkRules(".drydock.yml", text, RulePack.builtIn()))
        .isInstanceOf(PolicyException.class)
        .hasMessage(message);
  }
}
