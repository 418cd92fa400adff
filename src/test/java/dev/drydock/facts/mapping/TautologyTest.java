package dev.drydock.facts.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TautologyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "(1 = 1)",
        "(true OR (a = 2))",
        "((a = 2) OR (NOT false))",
        "((1 = 1) AND true)",
        "('a'::text = 'a'::text)",
        "('a) OR (b'::text = 'a) OR (b'::text)",
        "(NOT false)",
        "(NOT (1 > 2))",
        "COALESCE(true)",
        "COALESCE(true, (a = 2))",
        "(a = a)",
        "(CURRENT_USER = CURRENT_USER)",
        "((owner = CURRENT_USER) OR (2 > 1))",
        "('it''s'::text = 'it''s'::text)",
      })
  void constantsThatLetEveryRowThroughAreSeen(String condition) {
    assertThat(Tautology.holds(condition)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "false",
        "(owner = CURRENT_USER)",
        "(true AND (a = 2))",
        "(NOT true)",
        "(1 = 2)",
        "('a'::text = 'b'::text)",
        "(note = ' OR true OR '::text)",
        "(note = '(true'::text)",
        "COALESCE((a = 2), true)",
        "(\"a OR true OR b\" = 1)",
        "(EXISTS ( SELECT 1\n   FROM members\n  WHERE (true OR (members.id = 1))))",
        "( SELECT true AS bool)",
        "(random() = random())",
        "((a = a) IS NULL)",
        "CASE WHEN (a = 1) THEN true ELSE (true OR false) END",
        "(1 = 1",
      })
  void whatDependsOnTheRowIsNotTakenForConstant(String condition) {
    assertThat(Tautology.holds(condition)).isFalse();
  }

  @Test
  void aNullIsRefusedByNameWithAndWithoutQuotes() {
    assertThat(Tautology.isNotNull("(a IS NOT NULL)", "a")).isTrue();
    assertThat(Tautology.isNotNull("((\"A \"\"b\" IS NOT NULL))", "A \"b")).isTrue();
    assertThat(Tautology.isNotNull("(ab IS NOT NULL)", "b")).isFalse();
    assertThat(Tautology.isNotNull("((a IS NOT NULL) AND (b = 1))", "a")).isFalse();
    assertThat(Tautology.isNotNull("((a IS NOT NULL) OR (b = 1))", "a")).isFalse();
  }

  @Test
  void whatAndJoinsIsDemandedWhateverItsPartsAre() {
    assertThat(Tautology.demands("((a IS NOT NULL) AND ((b = ' AND '::text) OR (c = 2)))"))
        .containsExactly("(a IS NOT NULL)", "((b = ' AND '::text) OR (c = 2))");
    assertThat(Tautology.demands("(((a = 1) AND (b = 2)) OR (c = 3))"))
        .containsExactly("((a = 1) AND (b = 2)) OR (c = 3)");
  }

  @Test
  void textsOfAnyLengthAndAnyDepthAreRead() {
    String quotes = "'" + "''a".repeat(200_000) + "'::text";
    assertThat(Tautology.holds("(" + quotes + " = " + quotes + ")")).isTrue();
    assertThat(Tautology.holds("(".repeat(200_000) + "true" + ")".repeat(200_000))).isFalse();
    assertThat(Tautology.holds("(a = 1) OR ".repeat(50_000) + "true")).isTrue();
    assertThat(Tautology.holds("NOT ".repeat(200_000) + "true")).isFalse();
  }
}
