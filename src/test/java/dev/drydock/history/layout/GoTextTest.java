package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoTextTest {
  @Test
  void stringsThatAreStatementsAreFoundAndOthersAreNot() {
    assertThat(
            GoText.statements(
                """
                // "drop table remarks"
                var one = `create unique
                  index a on b (c)`
                var two = "create or replace view d as select 1"
                var three = "create a thing"
                var four = "drop table %v"
                """))
        .containsExactly("create unique index a on b (c)", "create or replace view d as select 1");
  }

  @Test
  void wordsWithoutEndAreNoStatement() {
    assertThat(GoText.statements("`create " + "unique ".repeat(50_000) + "`")).isEmpty();
  }
}
