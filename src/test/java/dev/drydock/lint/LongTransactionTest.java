package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.TestServers;
import dev.drydock.facts.DeadlockFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.facts.mapping.Subject;
import dev.drydock.facts.mapping.Subjects;
import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.policy.Policy;
import dev.drydock.policy.RulePack;
import dev.drydock.replay.Observation;
import dev.drydock.replay.ReplayException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A transaction that locks many tables, whose facts must not grow with the square of them. */
class LongTransactionTest {
  private static final int TABLES = 20;

  private static String forEach(IntStream tables, String statement) {
    return tables.mapToObj(statement::formatted).collect(Collectors.joining());
  }

  private static ScriptLint.Replayed replay(String... change) throws ReplayException {
    return new ScriptLint(TestServers.shared(17), Policy.of(RulePack.builtIn(), Map.of()))
        .replay(
            List.of(forEach(IntStream.range(0, TABLES), "create table t%d (id int);\n")),
            List.of(change));
  }

  private static <T> List<T> facts(ScriptLint.Replayed replayed, Class<T> kind) {
    return Subjects.of(replayed.history(), TableSizes.UNKNOWN).stream()
        .map(Subject::facts)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  @Test
  void whatStatementsHoldInCommonIsThereOnce() throws Exception {
    ScriptLint.Replayed replayed =
        replay(
            "begin;\n"
                + forEach(IntStream.range(0, TABLES), "alter table t%d add column c int;\n")
                + "select 1;\nselect 2;\ncommit;\n");

    List<Observation> seen = replayed.history().migrations().getFirst().observations();
    Observation one = seen.get(TABLES + 1);
    assertThat(one.heldBefore()).hasSize(TABLES);
    assertThat(seen.get(TABLES).heldBefore().getFirst()).isSameAs(one.heldBefore().getFirst());
    assertThat(seen.get(TABLES + 2).heldBefore()).isSameAs(one.heldBefore());

    List<StatementFacts> statements = facts(replayed, StatementFacts.class);
    StatementFacts told = statements.get(TABLES + 1);
    assertThat(told.heldBefore()).hasSize(TABLES);
    assertThat(statements.get(TABLES).heldBefore().getFirst())
        .isSameAs(told.heldBefore().getFirst());
    assertThat(statements.get(TABLES + 2).heldBefore()).isSameAs(told.heldBefore());
  }

  @Test
  void everyPairOfTablesInOppositeOrderIsCountedOnce() throws Exception {
    // Of tables that are closed altogether, one after the other, another finding tells.
    String lock = "lock table t%d in exclusive mode;\n";
    List<DeadlockFacts> found =
        facts(
            replay(
                "begin;\n" + forEach(IntStream.range(0, TABLES), lock) + "commit;",
                "begin;\n"
                    + forEach(IntStream.range(0, TABLES).map(i -> TABLES - 1 - i), lock)
                    + "commit;\nbegin;\n"
                    + "lock table t1 in exclusive mode; lock table t0 in exclusive mode;\ncommit;"),
            DeadlockFacts.class);

    assertThat(found)
        .containsExactly(
            new DeadlockFacts(
                "public.t18",
                "public.t19",
                "change/1.sql",
                "change/2.sql",
                TABLES * (TABLES - 1) / 2));
  }

  @Test
  void aTableThatIsLockedMoreAfterAnotherIsLockedAfterIt() throws Exception {
    assertThat(
            facts(
                replay(
                    "begin; lock table t0 in exclusive mode; lock table t1 in exclusive mode; commit;",
                    "begin; lock table t0 in share mode; lock table t1 in exclusive mode;"
                        + " lock table t0 in exclusive mode; commit;",
                    "begin; lock table t2; commit; begin; lock table t1; commit;"),
                DeadlockFacts.class))
        .containsExactly(
            new DeadlockFacts("public.t0", "public.t1", "change/1.sql", "change/2.sql", 1));
  }
}
