package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiffTextTest {
  @Test
  void whatAPatchNeedsStays() {
    String diff = "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n-\uFEFFa\tb\r\n+\uFEFFc\tb\r\n  ::text\n \n";

    assertThat(DiffText.render(diff, Colours.NONE)).isEqualTo(diff);
    assertThat(DiffText.render("", Colours.NONE)).isEmpty();
  }

  @Test
  void whatATerminalObeysIsSpelled() {
    assertThat(DiffText.render("+a\u001b[2J\u202eb\rc\uFEFF\n", Colours.NONE))
        .isEqualTo("+a\\u001b[2J\\u202eb\\rc\\ufeff\n");
  }

  @Test
  void noLineIsACommandToARunner() {
    assertThat(DiffText.render("  ::add-mask::x\n+##[error]y\n", Colours.NONE))
        .isEqualTo("  \\u003a:add-mask::x\n+\\u0023#[error]y\n");
  }
}
