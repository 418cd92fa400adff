package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogCommandsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "::error::forged, \\u003a:error::forged",
        "\"  \u00a0\u3000::add-mask::x\", \"  \u00a0\u3000\\u003a:add-mask::x\"",
        "\"\u001b[1m::error::x\", \"\u001b[1m\\u003a:error::x\"",
        "see ##[error]x, see \\u0023#[error]x",
        "x ##vso[task.setvariable]y, x \\u0023#vso[task.setvariable]y",
        "###[x], #\\u0023#[x]"
      })
  void aCommandIsSpelledOut(String line, String shown) {
    assertThat(LogCommands.disarmed(line)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 | ::error::x", "a::text", "## Why", "#[x]", "#### ####", ""})
  void whatIsNoCommandStays(String line) {
    assertThat(LogCommands.disarmed(line)).isEqualTo(line);
  }

  @Test
  void aLongLineOfAlmostCommandsTakesNoTime() {
    assertThat(LogCommands.disarmed("##abc ".repeat(100_000) + " ".repeat(100_000)))
        .hasSize(700_000);
  }
}
