package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Preset;
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
}
