package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.ManyTables;
import dev.drydock.engine.postgres.Stopwatch;
import dev.drydock.engine.postgres.TestServers;
import dev.drydock.facts.mapping.Subject;
import dev.drydock.facts.mapping.Subjects;
import dev.drydock.facts.mapping.TableSizes;
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
    Stopwatch watch = Stopwatch.start();
    RulePack pack = RulePack.builtIn();
    Policy.of(pack, Preset.ALL, Map.of());
    OUT.printf("loading %d rules, cold: %.2f s%n", pack.rules().size(), watch.seconds());
    assertThat(pack.rules()).isNotEmpty();
  }

  @Test
  @Order(2)
  void judging() throws Exception {
    Engine engine = TestServers.shared(17);
    RulePack pack = RulePack.builtIn();
    Stopwatch watch = Stopwatch.start();
    ScriptLint.Replayed replayed =
        new ScriptLint(engine, Policy.of(pack, Map.of()))
            .replay(List.of(ManyTables.created(TABLES)), List.of(ManyTables.changed(0, TABLES)));
    double replay = watch.seconds();
    assertThat(replayed.failure()).isEmpty();
    OUT.printf("1,000 statements are replayed in %.2f s%n", replay);
    for (int round = 1; round <= ROUNDS; round++) {
      watch = Stopwatch.start();
      List<Subject> subjects = Subjects.of(replayed.history(), TableSizes.UNKNOWN);
      double mapping = watch.seconds();
      watch = Stopwatch.start();
      // A new policy each time; in a run it is prepared while the server replays.
      Policy policy = Policy.of(pack, Preset.ALL, Map.of());
      policy.prepare();
      double preparing = watch.seconds();
      watch = Stopwatch.start();
      List<Finding> findings = policy.judge(subjects, Subjects.engine(replayed.history()));
      double judging = watch.seconds();
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
}
