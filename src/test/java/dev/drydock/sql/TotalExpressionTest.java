package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where it is wrong, a type change that fails on a row goes unreported. */
class TotalExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          a = 'Y'                                ; boolean
          a <> 'Y' and not b >= 3 or c < d       ; boolean
          (a = 1)                                ; boolean
          a is null                              ; boolean
          a is not distinct from b               ; boolean
          a in ('yes', 'it''s')                  ; boolean
          a not in (1, 2.5)                      ; boolean
          length(trim(a))                        ; integer
          strpos(a, 'x')                         ; integer
          LENGTH(a) = -1                         ; boolean
          -length(a) > 1                         ;
          upper("A b")                           ; text
          a::text                                ; text
          a || ' ' || b                          ; text
          lower(a) || b                          ; text
          coalesce(null, lower(a))               ; text
          nullif(trim(t.a), '')                  ; text
          string_to_array(a, ',')                ; text[]
          array[lower(a)]                        ; text[]
          array[a, 'x']                          ; anyarray
          """)
  void whatHasAnAnswerForEveryRowIsOfAType(String expression, String type) {
    assertThat(TotalExpression.type(expression).orElse(null)).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "'Y'",
        "a::integer",
        "a::text::integer",
        "a || b",
        "length(a, 'utf8')",
        "public.lower(a)",
        "to_date(a, 'YYYY')",
        "a + 1",
        "-a = 1",
        "a = 1 and b::date > c",
        "a is unknown",
        "a not like 'x'",
        "a in (1",
        "(a = 1",
        "a = 1)",
        "array[a",
        "lower(a) collate \"C\"",
        "a = 'Y",
        "a =",
        "-",
        "case when a = 1 then 2 end",
      })
  void ofWhatMayRefuseARowOrIsNotUnderstoodNothingIsSaid(String expression) {
    assertThat(TotalExpression.type(expression)).isEmpty();
  }

  @Test
  void aTextOfAnyLengthIsOneValue() {
    assertThat(TotalExpression.type("a || '" + "''x".repeat(20_000) + "'")).contains("text");
  }
}
