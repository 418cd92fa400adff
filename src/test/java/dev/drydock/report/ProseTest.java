package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProseTest {
  @Test
  void paragraphsAreFilledAndKeptApart() {
    assertThat(Prose.lines("One two\nthree four\nfive.\n\n\nSix.\n", 15))
        .containsExactly("One two three", "four five.", "", "Six.");
  }

  @Test
  void listItemsHangUnderTheirText() {
    assertThat(Prose.lines("Do:\n\n1. Add the constraint\n   as not valid.\n2. Validate.\n", 20))
        .containsExactly(
            "Do:", "", "1. Add the", "   constraint as not", "   valid.", "2. Validate.");
  }

  @Test
  void nestedListsLookNested() {
    assertThat(Prose.lines("- one\n  - two three four\n- five\n", 12))
        .containsExactly("- one", "  - two", "    three", "    four", "- five");
  }

  @Test
  void codeKeepsItsLines() {
    assertThat(Prose.lines("Run:\n```sql\nselect  1;\n\tfrom t;\n```\nThen.\n", 8))
        .containsExactly("Run:", "    select  1;", "        from t;", "Then.");
    assertThat(Prose.lines("Run:\n\n    select  1;\n", 8))
        .containsExactly("Run:", "", "    select  1;");
  }

  @Test
  void linksAndEmphasisBecomeWords() {
    assertThat(
            Prose.plain("**See** [the\nmanual](https://example.org/a) or <https://example.org>."))
        .isEqualTo("See the manual (https://example.org/a) or https://example.org.");
  }

  @Test
  void aWordWiderThanTheTerminalIsNotBroken() {
    assertThat(Prose.lines("See https://example.org/a/long/address for more.", 12))
        .containsExactly("See", "https://example.org/a/long/address", "for more.");
  }

  @Test
  void wideCharactersCountAsWhatTheyTake() {
    assertThat(Prose.lines("表表 表表 表表", 10)).containsExactly("表表 表表", "表表");
  }

  @Test
  void controlSequencesOfARuleAreShownAndNotObeyed() {
    assertThat(Prose.lines("a\u001b[2Jb", 40)).containsExactly("a\\u001b[2Jb");
  }

  @Test
  void theFirstParagraphEndsAtTheFirstBlankLine() {
    assertThat(Prose.firstParagraph("\nOne\ntwo.\n\nThree.\n")).isEqualTo("One\ntwo.");
  }

  @Test
  void aFirstStepHasTheListThatItLeadsTo() {
    assertThat(Prose.firstStep("Promise first:\n\n1. One.\n2. Two\n   lines.\n\nLater.\n"))
        .isEqualTo("Promise first:\n\n1. One.\n2. Two\n   lines.");
    assertThat(Prose.firstStep("\nOne\ntwo.\n\nThree.\n\n* Four\n")).isEqualTo("One\ntwo.");
    assertThat(Prose.firstStep("One.")).isEqualTo("One.");
  }
}
