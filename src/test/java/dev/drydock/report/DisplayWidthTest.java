package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({
    "a, 1", "é, 1", "表, 2", "ｱ, 1", "Ａ, 2", "한, 2", "🎉, 2", "❤, 1", "→, 1", "、, 2", "𠀀, 2",
  })
  void aCharacterTakesTheCellsThatTerminalsGiveIt(String text, int cells) {
    assertThat(DisplayWidth.of(text)).isEqualTo(cells);
  }

  @Test
  void marksAndJoinersTakeNone() {
    assertThat(DisplayWidth.of("e\u0301\u200d\ufe0f")).isEqualTo(1);
  }

  @Test
  void textThatIsTooWideKeepsItsBeginningAndItsEnd() {
    assertThat(DisplayWidth.fitted("V20260101__add_orders.sql", 16)).isEqualTo("V2026...ders.sql");
    assertThat(DisplayWidth.fitted("表表表表表表表表", 10)).isEqualTo("表...表表");
    assertThat(DisplayWidth.fitted("short.sql", 16)).isEqualTo("short.sql");
  }
}
