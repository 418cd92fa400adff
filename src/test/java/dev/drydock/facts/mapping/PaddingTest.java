package dev.drydock.facts.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.schema.Column;
import dev.drydock.schema.ColumnType;
import dev.drydock.schema.Name;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaddingTest {

  @Test
  void aWideColumnBehindANarrowOneLeavesAGap() {
    assertThat(padding("boolean", "bigint", "boolean", "bigint")).isEqualTo(8);
    assertThat(padding("integer", "bigint", "text")).isEqualTo(4);
  }

  @Test
  void whatIsPaddedAtTheEndAnywayIsNoLoss() {
    assertThat(padding("integer", "bigint")).isZero();
  }

  @Test
  void theBestOrderLosesNothing() {
    assertThat(padding("bigint", "uuid", "integer", "smallint", "boolean", "text")).isZero();
  }

  @Test
  void nobodyKnowsWhatLiesBehindAText() {
    assertThat(padding("text", "boolean", "bigint", "boolean", "bigint")).isZero();
  }

  private static long padding(String... types) {
    List<Column> columns = new ArrayList<>();
    for (String type : types) {
      String name = "c" + columns.size();
      columns.add(
          new Column(
              name,
              new Name("public", name),
              "t",
              columns.size() + 1,
              new ColumnType(type, type, "base", "", -1, -1),
              false,
              "",
              "",
              "",
              "",
              "",
              true));
    }
    return Padding.of(columns);
  }
}
