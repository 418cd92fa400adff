package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {
  @ParameterizedTest
  @EnumSource
  void aFormatIsFoundByItsName(Format format) {
    assertThat(Format.of(format.id())).isEqualTo(format);
  }

  @Test
  void anUnknownFormatIsAnErrorThatSaysWhatExists() {
    assertThatThrownBy(() -> Format.of("yaml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no format yaml; there are text, json, sarif, markdown");
    assertThatThrownBy(() -> Format.of("JSON")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatEndsItsLastLine(Format format) {
    assertThat(format.render(SampleReports.everything(), Format.Style.PLAIN))
        .endsWith("\n")
        .doesNotEndWith("\n\n");
  }

  @ParameterizedTest
  @EnumSource
  void equalReportsGiveEqualDocuments(Format format) {
    assertThat(format.render(SampleReports.everything(), Format.Style.PLAIN))
        .isEqualTo(format.render(SampleReports.everything(), Format.Style.PLAIN));
  }

  @ParameterizedTest
  @EnumSource
  void timeGrowsWithTheNumberOfFindings(Format format) {
    for (boolean onOneLine : new boolean[] {false, true}) {
      Report few = SampleReports.many(1_250, onOneLine);
      Report many = SampleReports.many(5_000, onOneLine);
      time(format, few);
      time(format, few);

      long base = Math.min(time(format, few), time(format, few));

      // Four times the findings; the rest is for a machine that is busy.
      assertThat(time(format, many)).isLessThan(base * 12 + 500);
    }
  }

  /** In milliseconds. */
  private static long time(Format format, Report report) {
    long start = System.nanoTime();
    assertThat(format.render(report, Format.Style.PLAIN)).isNotEmpty();
    return (System.nanoTime() - start) / 1_000_000;
  }
}
