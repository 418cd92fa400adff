package dev.drydock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RuleReaderTest {
  private static final String RULE =
      """
      id: odd-name
      title: Odd name
      severity: info
      engines: [postgresql]
      tags: [naming]
      each: statement
      when: %s
        statement.command == 'X'
        // what http://example.org says
        && statement.outcome == 'failed'
      message: It is odd.
      why: Because.
      fix: Do not.
      examples:
        - name: one
          good: select 1
      """;

  @Test
  void aCommentThatSwallowsTheRestOfAFoldedConditionIsRefused() {
    assertThatThrownBy(() -> RuleReader.read("odd-name.yaml", RULE.formatted(">-")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("a comment goes to the end of its line")
        .hasMessageContaining("begin it with `|` instead of `>-`");
  }

  @Test
  void aCommentOnALineOfItsOwnIsNot() {
    assertThat(RuleReader.read("odd-name.yaml", RULE.formatted("|")).when())
        .contains("&& statement.outcome == 'failed'");
  }

  @Test
  void slashesInAStringAreNoComment() {
    String rule =
        RULE.formatted(">-")
            .replace(
                "// what http://example.org says", "&& statement.text != 'http://example.org'");

    assertThat(RuleReader.read("odd-name.yaml", rule).when()).contains("http://example.org'");
  }
}
