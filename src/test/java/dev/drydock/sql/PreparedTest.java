package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreparedTest {
  @Test
  void whatIsKeptIsFoundBehindTheTypesOfItsParameters() {
    assertThat(Prepared.keptBy("/* x */ PREPARE Clear (bigint, numeric(4, 2)) AS\n delete from t"))
        .contains(new Prepared("clear", "delete from t"));
    assertThat(Prepared.keptBy("prepare \"Clear\" as with a as (select 1) select * from a"))
        .contains(new Prepared("Clear", "with a as (select 1) select * from a"));
  }

  @Test
  void otherStatementsKeepNothing() {
    assertThat(Prepared.keptBy("prepare transaction 'as'")).isEmpty();
    assertThat(Prepared.keptBy("create view prepare as select 1")).isEmpty();
  }

  @Test
  void whatIsRunIsNamed() {
    assertThat(Prepared.executedBy("execute CLEAR (1000)")).contains("clear");
    assertThat(Prepared.executedBy("select 1")).isEmpty();
  }
}
