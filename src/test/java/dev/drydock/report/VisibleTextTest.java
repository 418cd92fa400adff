package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void plainTextStaysAsItIs() {
    assertThat(VisibleText.line("Größe 表 🎉 e\u0301")).isEqualTo("Größe 表 🎉 e\u0301");
  }

  @Test
  void whatATerminalWouldObeyIsSpelledOut() {
    assertThat(VisibleText.line("a\u001b[2Jb\u0000c\u009bd\u007fe\rf\ng\th"))
        .isEqualTo("a\\u001b[2Jb\\u0000c\\u009bd\\u007fe\\rf\\ng\\th");
  }

  @Test
  void whatReordersOrHidesTextIsSpelledOut() {
    assertThat(VisibleText.line("\u202a\u202e\u2066\u2069\u200e\u2028\u200b\ufeff"))
        .isEqualTo("\\u202a\\u202e\\u2066\\u2069\\u200e\\u2028\\u200b\\ufeff");
    assertThat(VisibleText.line(Character.toString(0xE0041))).isEqualTo("\\u{e0041}");
  }

  @Test
  void lettersAndMarksThatNobodySeesAreSpelledOut() {
    assertThat(VisibleText.line("users\u3164 a\u115fb\uffa0 c\u034fd\u180be\ufe00"))
        .isEqualTo("users\\u3164 a\\u115fb\\uffa0 c\\u034fd\\u180be\\ufe00");
    assertThat(VisibleText.line(Character.toString(0xE0100))).isEqualTo("\\u{e0100}");
    assertThat(VisibleText.line("☎\ufe0e ❤\ufe0f")).isEqualTo("☎\ufe0e ❤\ufe0f");
  }

  @Test
  void halvesOfSurrogatePairsAreSpelledOut() {
    assertThat(VisibleText.line("a\ud83db\udc00")).isEqualTo("a\\ud83db\\udc00");
  }

  @Test
  void joinersStayForEmojiAndScriptsAreSpelledWithThem() {
    assertThat(VisibleText.line("👩\u200d🚀")).isEqualTo("👩\u200d🚀");
  }

  @Test
  void aWordThatNoNameCouldBeIsShortenedInTheMiddle() {
    String shown = VisibleText.sentence("drop table " + "a".repeat(10_000) + "$1 now");

    assertThat(shown).hasSizeLessThan(200).startsWith("drop table aaa").endsWith("a$1 now");
    assertThat(shown).contains("a...a");
  }

  @Test
  void whatIsCutOffLeavesRoomForItsSignAndPartsNoSurrogates() {
    assertThat(VisibleText.cut("abcdefg", 7)).isEqualTo("abcdefg");
    assertThat(VisibleText.cut("abcdefgh", 7)).isEqualTo("abcd...");
    assertThat(VisibleText.cut("abc🎉efgh", 7)).isEqualTo("abc...");
    assertThat(VisibleText.beginning("🎉🎉", 3)).isEqualTo("🎉...");
  }

  @Test
  void aShortenedWordKeepsItsSurrogatePairsWhole() {
    assertThat(VisibleText.line(VisibleText.sentence("x" + "🎉".repeat(500))))
        .startsWith("x🎉🎉")
        .doesNotContain("\\u");
  }
}
