package dev.drydock.engine.postgres.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintedExpressionTest {
  @Test
  void standsOnOneLineButForWhatIsInQuotes() {
    assertThat(
            PrintedExpression.inOneLine(
                "(EXISTS ( SELECT 1\n   FROM \"a\n b\" m\n  WHERE (m.name = 'it''s\n  so'::text)))"))
        .isEqualTo("(EXISTS ( SELECT 1 FROM \"a\n b\" m WHERE (m.name = 'it''s\n  so'::text)))");
    assertThat(PrintedExpression.inOneLine("\nCASE\n    WHEN (a  > 1) THEN 2\nEND"))
        .isEqualTo(" CASE WHEN (a  > 1) THEN 2 END");
  }
}
