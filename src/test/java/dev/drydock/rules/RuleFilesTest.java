package dev.drydock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.TestServers;
import dev.drydock.lint.RuleExamples;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Preset;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.replay.ReplayException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule of the pack, proved by its own examples on a real server: on two major versions, in
 * the build's long form on all that can be had.
 */
class RuleFilesTest {
  private static final RulePack PACK = RulePack.builtIn();
  private static final Policy POLICY = Policy.of(PACK, Preset.ALL, Map.of());

  /** By major version and rule. */
  private static final Map<String, Future<List<String>>> PROBLEMS = new HashMap<>();

  static Stream<Arguments> rules() {
    return TestServers.majors().stream()
        .flatMap(major -> chosen().stream().map(rule -> Arguments.of(major, rule.id())));
  }

  /** All, or those that {@code -Ddrydock.rules=ID,ID} names, for whoever works on them. */
  private static List<Rule> chosen() {
    List<String> ids = List.of(System.getProperty("drydock.rules", "").split(","));
    return PACK.rules().stream()
        .filter(rule -> ids.contains("") || ids.contains(rule.id()))
        .toList();
  }

  @Test
  void thereAreTwoMajorsAtLeast() {
    assertThat(TestServers.majors()).contains(17).hasSizeGreaterThan(1);
  }

  /** Each major version has a server of its own, so all of them work at once. */
  @BeforeAll
  static void runAll() {
    for (int major : TestServers.majors()) {
      ExecutorService one =
          Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
      for (Rule rule : chosen()) {
        PROBLEMS.put(major + " " + rule.id(), one.submit(() -> problems(major, rule)));
      }
      one.shutdown();
    }
  }

  private static List<String> problems(int major, Rule rule) throws ReplayException {
    return new RuleExamples(TestServers.shared(major), POLICY)
        .run(rule).stream()
            .flatMap(
                tried ->
                    tried.problems().stream()
                        .map(text -> "%s, \"%s\": %s".formatted(rule.id(), tried.name(), text)))
            .toList();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void examplesHold(int major, String id) throws Exception {
    assertThat(PROBLEMS.get(major + " " + id).get()).isEmpty();
  }
}
