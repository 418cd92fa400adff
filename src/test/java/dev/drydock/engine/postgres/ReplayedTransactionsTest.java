package dev.drydock.engine.postgres;

import static dev.drydock.engine.postgres.Replayed.observe;
import static dev.drydock.engine.postgres.Replayed.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Transaction;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replay sees of statements by the transactions that they run in. */
class ReplayedTransactionsTest {
  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aStatementThatRefusesATransactionIsSeenWhileItRuns(int major) throws Exception {
    assertThat(seen(major, "create index concurrently t_a on t (a);"))
        .contains("lock SHARE UPDATE EXCLUSIVE public.t", "CREATED index public.t_a")
        .doesNotContain("lock SHARE public.t");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void whatFailsOutsideATransactionTooIsRefusedInIt(int major) throws Exception {
    List<Observation> observations =
        observe(major, Transaction.PER_MIGRATION, "create index concurrently i on t (none);");

    assertThat(observations.getFirst().outcome())
        .isEqualTo(
            new Outcome.Failed(
                "25001",
                "CREATE INDEX CONCURRENTLY cannot run inside a transaction block",
                "",
                OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aLockIsHeldUntilItsTransactionEnds(int major) throws Exception {
    String pending = "alter table t add column z int; update c set id = 1;";

    assertThat(observe(major, Transaction.PER_MIGRATION, pending).get(1).heldBefore())
        .extracting(lock -> lock.mode() + " " + lock.relation().name())
        .contains("ACCESS EXCLUSIVE public.t");
    assertThat(observe(major, Transaction.NONE, pending).get(1).heldBefore()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void whatATransactionMayOnlySetBeforeAnyQueryIsSet(int major) throws Exception {
    List<Observation> observations =
        observe(
            major,
            Transaction.NONE,
            """
            begin;
            set local lock_timeout = '2s';
            set transaction isolation level serializable;
            set local statement_timeout = '3s';
            alter table t add column z int;
            commit;
            """);

    assertThat(observations)
        .allSatisfy(seen -> assertThat(seen.outcome()).isInstanceOf(Outcome.Succeeded.class));
    assertThat(observations.get(4).session().lockTimeout()).isEqualTo("2s");
    assertThat(observations.get(4).session().statementTimeout()).isEqualTo("3s");
    assertThat(observations.get(4).effects())
        .extracting(Replayed::words)
        .containsExactly("lock ACCESS EXCLUSIVE public.t", "CREATED column public.z");
  }

  @Test
  void aSavepointThatIsReleasedLeavesTheEarlierOneOfItsName() throws Exception {
    String pending =
        """
        savepoint a;
        alter table t add column first int;
        savepoint b;
        savepoint a;
        alter table t add column second int;
        release savepoint a;
        ROLLBACK TO A;
        alter table t add column third int;
        """;

    assertThat(observe(17, Transaction.PER_MIGRATION, pending))
        .allMatch(observation -> observation.outcome() instanceof Outcome.Succeeded)
        .flatExtracting(Observation::effects)
        .extracting(Replayed::words)
        .filteredOn(effect -> effect.startsWith("CREATED"))
        .containsExactly("CREATED column public.third");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aTransactionThatFollowsARollbackInOneCommandStartsFromBefore(int major) throws Exception {
    List<Observation> observations =
        observe(
            major,
            Transaction.NONE,
            """
            begin;
            update t set a = 1;
            drop table c;
            rollback and chain;
            alter table c add column z int;
            commit and chain;
            alter table t add column z int;
            commit;
            """);

    assertThat(observations.get(4).transaction()).isNotEqualTo(observations.get(2).transaction());
    assertThat(observations.get(4).effects())
        .extracting(Replayed::words)
        .containsExactly("lock ACCESS EXCLUSIVE public.c", "CREATED column public.z");
    assertThat(observations.get(6).heldBefore()).isEmpty();
    assertThat(observations.get(6).effects())
        .extracting(Replayed::words)
        .containsExactly("lock ACCESS EXCLUSIVE public.t", "CREATED column public.z");
  }

  @Test
  void aTransactionBegunInThePlaceOfTheToolsIsCommittedByTheTool() throws Exception {
    String pending =
        """
        alter table t add column z int;
        commit;
        begin;
        alter table c add column z int;
        """;

    assertThat(observe(17, Transaction.PER_MIGRATION, pending).get(3).effects())
        .extracting(Replayed::words)
        .containsExactly("lock ACCESS EXCLUSIVE public.c", "CREATED column public.z");
    assertThat(observe(17, Transaction.PER_MIGRATION, pending)).noneMatch(Observation::abandoned);
    assertThat(observe(17, Transaction.NONE, pending)).anyMatch(Observation::abandoned);
    assertThat(observe(17, Transaction.IMPLICIT, pending)).anyMatch(Observation::abandoned);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void whatRefusesATransactionDividesOneThatIsSentAsABatch(int major) throws Exception {
    List<Observation> observations =
        observe(
            major,
            Transaction.DIVIDED,
            "update t set id = id; create index concurrently on t (id); vacuum t; alter table t add"
                + " q int; drop table c;");

    assertThat(observations).allMatch(o -> o.outcome() instanceof Outcome.Succeeded);
    assertThat(observations).extracting(Observation::transaction).containsExactly(1, 2, 3, 4, 4);
    assertThat(observations)
        .extracting(Observation::inTransaction)
        .containsExactly(true, false, false, true, true);
    assertThat(observations.get(4).heldBefore())
        .extracting(lock -> lock.mode() + " " + lock.relation().name())
        .contains("ACCESS EXCLUSIVE public.t");
  }
}
