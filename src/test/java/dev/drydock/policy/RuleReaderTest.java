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

  @Test
  void aStringMayBeLong() {
    String name = "x".repeat(20_000);
    String rule = RULE.formatted("|").replace("'failed'", "'" + name + "'");

    assertThat(RuleReader.read("odd-name.yaml", rule).when()).contains(name);
  }

  @Test
  void aFixIsATextOrAListOfCases() {
    String cases =
        """
        fix:
          - when: engine.name == 'postgresql'
            text: |
              Do not.
          - text: Or do.
        """;
    Rule plain = RuleReader.read("odd-name.yaml", RULE.formatted("|"));
    Rule divided =
        RuleReader.read("odd-name.yaml", RULE.formatted("|").replace("fix: Do not.\n", cases));

    assertThat(plain.recipes()).containsExactly(new Rule.Recipe("", "Do not."));
    assertThat(divided.recipes())
        .containsExactly(
            new Rule.Recipe("engine.name == 'postgresql'", "Do not."),
            new Rule.Recipe("", "Or do."));
    assertThat(divided.fix()).isEqualTo("Or do.\n\nAnd depending on the case:\n\n* Do not.");
  }

  @Test
  void aCaseOfAFixSaysWhatToDo() {
    String cases = "fix:\n  - when: 'true'\n";

    assertThatThrownBy(
            () ->
                RuleReader.read(
                    "odd-name.yaml", RULE.formatted("|").replace("fix: Do not.\n", cases)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("a case of `fix` needs the key `text`");
  }
}
