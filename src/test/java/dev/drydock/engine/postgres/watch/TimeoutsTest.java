package dev.drydock.engine.postgres.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.Migrations;
import dev.drydock.engine.postgres.TestServers;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest {
  /** So many that to be told of them takes longer than a few milliseconds. */
  private static final String BASE =
      """
      create table t (id bigint primary key);
      do $$ begin
        for n in 1..500 loop execute format('create table t%s (id int primary key, a int)', n); end loop;
      end $$;
      """;

  /** Touches all tables, so that all are asked about; within the limit, for none is set here. */
  private static final String WIDE =
      """
      do $$ begin
        for n in 1..500 loop execute format('alter table t%s add column b int', n); end loop;
      end $$;
      """;

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aShortLimitOfTheMigrationEndsNoQuestionToIt(int major) throws Exception {
    for (Transaction transaction : List.of(Transaction.NONE, Transaction.PER_MIGRATION)) {
      List<Observation> observations =
          observe(
              major,
              transaction,
              """
              set statement_timeout = '20ms'; set idle_in_transaction_session_timeout = 50;
              alter table t add column a int;
              """
                  + WIDE
                  + "alter table t add column b int;");

      assertAllSucceeded(observations);
      assertThat(observations.get(3).effects())
          .filteredOn(Effect.SchemaChanged.class::isInstance)
          .hasSize(500);
      assertThat(observations.get(4).session().statementTimeout()).isEqualTo("20ms");
      assertThat(observations.get(4).session().idleTimeout()).isEqualTo("50ms");
    }
  }

  @Test
  void aShortLimitOfATransactionEndsNoQuestionToIt() throws Exception {
    assertAllSucceeded(
        observe(
            17,
            Transaction.NONE,
            "begin; set local transaction_timeout = '100ms'; alter table t add column a int;"
                + WIDE
                + "commit; set transaction_timeout = '100ms';"
                + WIDE.replace("column b", "column c")));
  }

  @Test
  void aShortLimitOfABlockOrAFunctionOrBeforeASavepointEndsNoQuestion() throws Exception {
    List<Observation> observations =
        observe(
            17,
            Transaction.NONE,
            """
            begin;
            do $$ begin perform set_config('statement_timeout', '20ms', true); end $$;
            """
                + WIDE
                + "savepoint s; set local statement_timeout = '30ms'; rollback to s; commit;"
                + "alter table t add column a int;");

    assertAllSucceeded(observations);
    assertThat(observations.get(2).session().statementTimeout()).isEqualTo("20ms");
    assertThat(observations.getLast().session().statementTimeout()).isEqualTo("0");
  }

  @Test
  void whatALimitWasIsKept() throws Exception {
    List<Observation> observations =
        observe(
            17,
            Transaction.NONE,
            """
            set statement_timeout = '1500ms'; select 1;
            set statement_timeout = '5s'; select 1;
            set statement_timeout = '2min'; select 1;
            reset statement_timeout; select 1;
            """);

    assertThat(observations)
        .filteredOn(seen -> seen.statement().text().contains("select"))
        .extracting(seen -> seen.session().statementTimeout())
        .containsExactly("1500ms", "5s", "2min", "0");
  }

  private static void assertAllSucceeded(List<Observation> observations) {
    assertThat(observations)
        .allSatisfy(seen -> assertThat(seen.outcome()).isInstanceOf(Outcome.Succeeded.class));
  }

  private static List<Observation> observe(int major, Transaction transaction, String pending)
      throws ReplayException {
    try (Replay replay = TestServers.shared(major).open(TestServers.PLAN)) {
      Migration before = Migrations.migration("1.sql", Transaction.NONE, BASE);
      replay.apply(before, Migrations.statements(before));
      Migration change = Migrations.migration("2.sql", transaction, pending);
      replay.startObserving(List.of(change));
      return replay.observe(change, Migrations.statements(change));
    }
  }
}
