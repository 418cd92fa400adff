package dev.drydock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static Fingerprint of(String statement) {
    return Fingerprint.of("rule", "public.orders", statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE Orders SET note='A'",
        "update orders\n  set note = 'A' -- all of them\n",
        "update/* /* nested */ ' */orders set note='A'"
      })
  void caseOutsideQuotesWhiteSpaceAndCommentsMakeNoDifference(String same) {
    assertThat(of(same)).isEqualTo(of("update orders set note = 'A'"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "select 'A', select 'a'",
        "select \"A\", select \"a\"",
        "select 'x -- 1', select 'x -- 2'",
        "select 'x /* 1 */', select 'x /* 2 */'",
        "select 'a  b', select 'a b'",
        "select $$A$$, select $$a$$",
        "select E'\\'A', select E'\\'a'",
        "select É, select é",
      })
  void quotedTextIsTakenAsItStands(String one, String other) {
    assertThat(of(one)).isNotEqualTo(of(other));
  }

  @Test
  @Timeout(5)
  void longStatementsOfOpenersTakeNoTimeToSpeakOf() {
    assertThat(of("select '" + "/* ".repeat(100_000) + "'"))
        .isEqualTo(of("select '" + "/* ".repeat(100_000) + "'"));
    assertThat(of("/api/v1/* ".repeat(100_000))).isNotNull();
    assertThat(of("$a$ $b$ ".repeat(100_000))).isNotNull();
  }

  @Test
  void ofEqualOnesTheFirstKeepsItsOwn() {
    Fingerprint first = of("select 1");
    assertThat(first.ofEqual(1)).isEqualTo(first);
    assertThat(first.ofEqual(2)).isNotEqualTo(first).isNotEqualTo(first.ofEqual(3));
    assertThat(first.ofEqual(2).value()).matches("[0-9a-f]{32}");
  }
}
