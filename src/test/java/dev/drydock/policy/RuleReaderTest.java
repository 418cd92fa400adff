package dev.drydock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void norMayOneSwallowTheRestOfTheConditionOfARecipe() {
    String rule =
        RULE.formatted("|")
            .replace(
                "fix: Do not.",
                """
                fix:
                  - when: >-
                      statement.command == 'X' // or another
                      && statement.inTransaction
                    text: Do not.
                """
                    .strip());
    assertThatThrownBy(() -> RuleReader.read("odd-name.yaml", rule))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("a comment goes to the end of its line");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          why: Because.       | whi: Because.                   | has no key `whi`; there are `id`, `title`
          why: Because.       | ''                              | a rule needs the key `why`
          fix: Do not.        | fix: [{text: No., wenn: 'true'}] | a case of `fix` has no key `wenn`; there are `when`, `text`
          good: select 1      | godo: select 1                  | an example has no key `godo`; there are `name`, `from`
          id: odd-name        | id: even-name                   | the id is `even-name` and the file is named odd-name.yaml; they must agree
          """)
  void aFileIsReadStrictly(String right, String wrong, String message) {
    String text = RULE.formatted("|");
    assertThat(text).contains(right);

    assertThatThrownBy(() -> RuleReader.read("odd-name.yaml", text.replace(right, wrong)))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("odd-name.yaml:")
        .hasMessageContaining(message);
  }
}
