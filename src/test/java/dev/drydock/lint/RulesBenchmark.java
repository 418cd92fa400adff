package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.TestServers;
import dev.drydock.facts.Subject;
import dev.drydock.facts.Subjects;
import dev.drydock.facts.TableSizes;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Preset;
import dev.drydock.policy.RulePack;
import dev.drydock.replay.Engine;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What the rules cost: to load them, in a JVM that has done nothing yet, and to ask all of them
 * about a thousand new statements, against the replay of those.
 *
 * <p>{@code mvn test -Dtest=RulesBenchmark -Dexcluded.groups=}
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RulesBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int TABLES = 100;
  private static final int ROUNDS = 5;

  @Test
  @Order(1)
  void loading() {
    long start = System.nanoTime();
    RulePack pack = RulePack.builtIn();
    Policy.of(pack, Preset.ALL, Map.of());
    OUT.printf("loading %d rules, cold: %.2f s%n", pack.rules().size(), since(start));
    assertThat(pack.rules()).isNotEmpty();
  }

  @Test
  @Order(2)
  void judging() throws Exception {
    Engine engine = TestServers.shared(17);
    RulePack pack = RulePack.builtIn();
    StringBuilder base = new StringBuilder();
    StringBuilder change = new StringBuilder();
    for (int t = 0; t < TABLES; t++) {
      base.append("create table t%d (id bigint primary key, a int, b text);\n".formatted(t));
      change.append(
          """
          alter table t%1$d add column c int;
          alter table t%1$d add column d text not null default '';
          alter table t%1$d alter column a type bigint;
          create index on t%1$d (b);
          alter table t%1$d add constraint positive check (a > 0);
          alter table t%1$d rename column b to e;
          update t%1$d set c = 1;
          alter table t%1$d alter column c set default 2;
          comment on table t%1$d is 'changed';
          create table u%1$d (id bigint primary key, t bigint references t%1$d);
          """
              .formatted(t));
    }
    long start = System.nanoTime();
    ScriptLint.Replayed replayed =
        new ScriptLint(engine, Policy.of(pack, Map.of()))
            .replay(List.of(base.toString()), List.of(change.toString()));
    double replay = since(start);
    assertThat(replayed.failure()).isEmpty();
    OUT.printf("1,000 statements are replayed in %.2f s%n", replay);
    for (int round = 1; round <= ROUNDS; round++) {
      start = System.nanoTime();
      List<Subject> subjects = Subjects.of(replayed.history(), TableSizes.UNKNOWN);
      double mapping = since(start);
      start = System.nanoTime();
      // A new policy each time; in a run it is prepared while the server replays.
      Policy policy = Policy.of(pack, Preset.ALL, Map.of());
      policy.prepare();
      double preparing = since(start);
      start = System.nanoTime();
      List<Finding> findings = policy.judge(subjects, Subjects.engine(replayed.history()));
      double judging = since(start);
      assertThat(findings).isNotEmpty();
      OUT.printf(
          "round %d: %d facts in %.2f s, %d rules prepared in %.2f s, asked in %.2f s for %d findings, ratio to the replay %.3f%n",
          round,
          subjects.size(),
          mapping,
          pack.rules().size(),
          preparing,
          judging,
          findings.size(),
          (mapping + judging) / replay);
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
