package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a sentence is shown as code. */
class MarkdownTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          gets the default 'open'::text instead | gets the default `'open'::text` instead
          loses the default ''::character varying. | loses the default `''::character` varying.
          loses the default '[]'::jsonb. | loses the default `'[]'::jsonb`.
          'ALL'::public."Rule" instead | `'ALL'::public."Rule"` instead
          gets the type public."Rule". | gets the type `public."Rule"`.
          says 'orders_id' and "orders_id", twice | says '`orders_id`' and "`orders_id`", twice
          """)
  void literalsAndQuotedNamesStayWhole(String text, String shown) {
    assertThat(MarkdownText.sentence(text)).isEqualTo(shown);
  }
}
