package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.PostgresEngine;
import dev.drydock.engine.postgres.TestServers;
import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Preset;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Weighed;
import dev.drydock.replay.ReplayException;
import dev.drydock.schema.Name;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sizes of production's tables make of the findings of each rule. */
class WeighedRulesTest {
  private static final RulePack PACK = RulePack.builtIn();
  private static final Policy RECOMMENDED = Policy.of(PACK, Map.of());
  private static final TableSizes.Size SMALL = new TableSizes.Size(300, 80 << 10);
  private static final TableSizes.Size LARGE = new TableSizes.Size(3_000_000, 340 << 20);

  static Stream<String> weighed() {
    return PACK.rules().stream().filter(rule -> !rule.weigh().isEmpty()).map(Rule::id);
  }

  @ParameterizedTest
  @MethodSource("weighed")
  void itsFindingsAreInformationOnSmallTablesAndErrorsOnLargeOnes(String id) throws Exception {
    Rule rule = PACK.find(id).orElseThrow();
    ScriptLint lint = lint(RECOMMENDED);
    for (Rule.Example example : rule.examples()) {
      if (example.bad().isEmpty() || example.from() > PostgresEngine.DEFAULT_MAJOR) {
        continue;
      }
      ScriptLint.Replayed replayed = lint.replay(example.history(), example.bad());
      List<Finding> without = of(rule, lint.judge(replayed, TableSizes.UNKNOWN));
      List<Finding> small = of(rule, lint.judge(replayed, everywhere(replayed, SMALL)));
      List<Finding> large = of(rule, lint.judge(replayed, everywhere(replayed, LARGE)));

      assertThat(without).as(example.name()).isNotEmpty();
      assertThat(small).as(example.name()).hasSameSizeAs(without);
      assertThat(large).as(example.name()).hasSameSizeAs(without);
      for (int i = 0; i < without.size(); i++) {
        assertThat(without.get(i).weighed()).isEmpty();
        assertThat(without.get(i).severity()).isEqualTo(rule.severity());
        assertThat(small.get(i).severity()).isEqualTo(Severity.INFO);
        assertThat(large.get(i).severity()).isEqualTo(Severity.ERROR);
        Weighed weighed = large.get(i).weighed().orElseThrow();
        assertThat(weighed.scale()).isEqualTo(Weighed.Scale.LARGE);
        assertThat(weighed.otherwise()).isEqualTo(rule.severity());
        assertThat(large.get(i).message())
            .startsWith(without.get(i).message())
            .contains(" On 2026-01-31 production had about 3 million rows (340 MB) in ");
        assertThat(large.get(i).fingerprint()).isEqualTo(without.get(i).fingerprint());
      }
    }
  }

  @Test
  void whatLosesDataIsNotWeighed() {
    assertThat(PACK.rules())
        .filteredOn(rule -> rule.tags().contains("data-loss"))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.weigh()).as(rule.id()).isEmpty());
  }

  @Test
  void aTableThatTheFileDoesNotHaveIsReportedAsBefore() throws Exception {
    ScriptLint lint = lint(RECOMMENDED);
    ScriptLint.Replayed replayed =
        lint.replay(
            List.of("create table orders (id bigint primary key, note text);"),
            List.of("create index on orders (note);"));

    assertThat(lint.judge(replayed, sizes(Map.of(new Name("public", "other"), SMALL))))
        .isEqualTo(lint.judge(replayed, TableSizes.UNKNOWN));
  }

  @Test
  void aSizeBelongsToTheTableThatHadTheNameInProduction() throws Exception {
    ScriptLint lint = lint(RECOMMENDED);
    ScriptLint.Replayed replayed =
        lint.replay(
            List.of("create table orders (id bigint primary key, note text);"),
            List.of(
                """
                alter table orders rename to old_orders;
                create table orders (id bigint primary key, note text);
                create index on orders (note);
                create index on old_orders (note);
                """));

    assertThat(
            lint.judge(replayed, sizes(Map.of(new Name("public", "orders"), SMALL))).stream()
                .filter(f -> f.weighed().isPresent()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule().id()).isEqualTo("blocking-index-build");
              assertThat(finding.location().startLine()).isEqualTo(4);
              assertThat(finding.message())
                  .endsWith(
                      " On 2026-01-31 production had about 300 rows (80 KB) in public.old_orders.");
            });
  }

  @Test
  void severalTablesAreSmallOnlyWhenEachOfThemIs() throws Exception {
    List<String> history =
        List.of(
            "create schema s; create table s.a (id int primary key);create table s.b (id int primary key);");
    ScriptLint lint = lint(RECOMMENDED);
    ScriptLint.Replayed replayed = lint.replay(history, List.of("reindex schema s;"));
    Name a = new Name("s", "a");
    Name b = new Name("s", "b");

    assertThat(scale(lint, replayed, Map.of(a, SMALL, b, SMALL))).isEqualTo(Weighed.Scale.SMALL);
    assertThat(scale(lint, replayed, Map.of(a, SMALL))).isEqualTo(Weighed.Scale.MEDIUM);
    assertThat(scale(lint, replayed, Map.of(a, SMALL, b, LARGE))).isEqualTo(Weighed.Scale.LARGE);
  }

  @Test
  void whatAUserSaysOfARuleHoldsWhateverTheTableHas() throws Exception {
    Policy.Choice warning = new Policy.Choice(java.util.Optional.of(Severity.WARNING), Map.of());
    ScriptLint lint = lint(Policy.of(PACK, Map.of("blocking-index-build", warning)));
    ScriptLint.Replayed replayed =
        lint.replay(
            List.of("create table orders (id bigint primary key, note text);"),
            List.of("create index on orders (note);"));

    for (TableSizes.Size size : List.of(SMALL, LARGE)) {
      assertThat(of("blocking-index-build", lint.judge(replayed, everywhere(replayed, size))))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                assertThat(finding.weighed()).isPresent();
              });
    }
  }

  @Test
  void underAStrictPresetNothingBecomesMereInformation() throws Exception {
    ScriptLint lint = lint(Policy.of(PACK, Preset.STRICT, Map.of()));
    ScriptLint.Replayed replayed =
        lint.replay(
            List.of("create table orders (id bigint primary key, note text);"),
            List.of("create index on orders (note);"));

    assertThat(of("blocking-index-build", lint.judge(replayed, everywhere(replayed, SMALL))))
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNING);
  }

  private static Weighed.Scale scale(
      ScriptLint lint, ScriptLint.Replayed replayed, Map<Name, TableSizes.Size> sizes) {
    List<Finding> findings = of("blocking-reindex", lint.judge(replayed, sizes(sizes)));
    assertThat(findings).hasSize(1);
    return findings.getFirst().weighed().orElseThrow().scale();
  }

  private static ScriptLint lint(Policy policy) throws ReplayException {
    return new ScriptLint(TestServers.shared(17), policy);
  }

  private static List<Finding> of(Rule rule, List<Finding> findings) {
    return of(rule.id(), findings);
  }

  private static List<Finding> of(String rule, List<Finding> findings) {
    return findings.stream().filter(f -> f.rule().id().equals(rule)).toList();
  }

  private static TableSizes everywhere(ScriptLint.Replayed replayed, TableSizes.Size size) {
    Map<Name, TableSizes.Size> sizes = new HashMap<>();
    replayed.history().base().tables().forEach(table -> sizes.put(table.name(), size));
    return sizes(sizes);
  }

  private static TableSizes sizes(Map<Name, TableSizes.Size> byName) {
    return new TableSizes(Instant.parse("2026-01-31T23:59:59Z"), byName);
  }
}
