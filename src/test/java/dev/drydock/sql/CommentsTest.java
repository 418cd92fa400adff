package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommentsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "select 1 -- one, `select 1  `",
        "a/* b /* c */ d */e, a e",
        "'it''s' -- its, `'it''s'  `",
        "execute 'select a /* b */ from c'; --d, `execute 'select a   from c';  `",
        "$q$ a /* b */ $q$ || '-', `$q$ a   $q$ || '-'`",
        "\"a--b\", \"a--b\"",
      })
  void areLeftOutInConstantsTooAndNotInNames(String sql, String rest) {
    assertThat(Comments.without(sql)).isEqualTo(rest);
  }

  @Test
  @Timeout(10)
  void openersWithoutEndTakeNoTimeToSpeakOf() {
    String openers = "/* ".repeat(200_000);
    assertThat(Comments.without("'" + openers + "'")).isEqualTo("'" + openers + "'");
    assertThat(Comments.without(openers)).isEqualTo(openers);
    String nested = "$a$ $b$ ".repeat(100_000);
    assertThat(Comments.without(nested)).isEqualTo(nested);
  }
}
