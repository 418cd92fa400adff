package dev.drydock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0|no rows
          1|about 1 row
          999|about 999 rows
          1000|about 1,000 rows
          12345|about 12,000 rows
          987654|about 990,000 rows
          999999|about 1 million rows
          1234567|about 1.2 million rows
          123456789|about 120 million rows
          2500000000|about 2.5 billion rows
          9223372036854775807|about 9200000000 billion rows
          """)
  void rowsAreRoundedToWhatAnEstimateIsWorth(long rows, String words) {
    assertThat(Amounts.rows(rows)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0|0 bytes
          1|1 byte
          999|999 bytes
          8192|8 KB
          81920|80 KB
          1200000|1.1 MB
          356515840|340 MB
          1073741824|1 GB
          5368709120|5 GB
          1319413953331|1.2 TB
          9223372036854775807|8388608 TB
          """)
  void bytesHaveTheUnitThatKeepsThemShort(long bytes, String words) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(words);
  }

  @Test
  void aCountryWithOtherDigitsMakesNoDifference() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Amounts.rows(12_345)).isEqualTo("about 12,000 rows");
      assertThat(Amounts.bytes(1_200_000)).isEqualTo("1.1 MB");
    } finally {
      Locale.setDefault(before);
    }
  }
}
