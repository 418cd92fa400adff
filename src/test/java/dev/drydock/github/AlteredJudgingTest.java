package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pull request that has a say in how it is judged itself: its reviewers see that first. */
class AlteredJudgingTest extends OnActionScene {
  private static final String TOLD = "⚠️ **This change also alters how it is judged**: ";

  private static final String RULE =
      """
      id: own-rule
      title: A statement
      severity: info
      engines: [postgresql]
      tags: [correctness]
      each: statement
      when: "%s"
      message: x
      why: x
      fix: x
      references: [https://example.org]
      examples:
        - name: x
          bad: |
            -- FINDING: x
            select 1;
      """;

  @Test
  void aRuleThatAChangeSwitchesOffIsNoSilentPass() throws Exception {
    repository.origin().write(".drydock.yml", "severity: {blocking-index-build: off}\n");
    scene.firstPush();

    ActionScene.Result result = scene.run(Map.of());

    assertThat(result.status()).as(result.log()).isZero();
    assertThat(scene.summaries().getFirst())
        .contains(
            "### ✅ No findings in 1 pending migration\n\n" + TOLD + "`.drydock.yml` (severity).");
    assertThat(result.summary()).contains(TOLD);
    assertThat(result.log().replaceAll("\\s+", " "))
        .contains("note: this change also alters how it is judged: .drydock.yml (severity)");
    assertThat(Files.readString(directory.resolve("checkout1/drydock.json")))
        .contains("\"judging\": [\n    \".drydock.yml (severity)\"\n  ]");
  }

  /** Where it looks away, it finds no migrations at all, and would post nothing. */
  @Test
  void aChangeThatHasItLookElsewhereIsToldThough() throws Exception {
    repository.moveBase("docs/1_sample.sql", "create table sample (id int);\n");
    repository.startOver();
    repository.origin().write(".drydock.yml", "directories: [docs]\nfail-on: warning\n");
    scene.firstPush();

    ActionScene.Result result = scene.run(Map.of());

    assertThat(result.status()).as(result.log()).isZero();
    assertThat(scene.summaries())
        .singleElement()
        .asString()
        .contains("No pending migrations", TOLD + "`.drydock.yml` (fail-on, directories).");
  }

  @Test
  void whatAnInputOverrulesIsNotAltered() throws Exception {
    repository
        .origin()
        .write(
            ".drydock.yml",
            "fail-on: warning\ndirectories: [migrations]\nlayout: flyway\nengine: postgresql@16\n");
    scene.firstPush();

    ActionScene.Result result =
        scene.run(
            Map.of(
                "INPUT_FAIL-ON",
                "error",
                "INPUT_DIR",
                "migrations",
                "INPUT_LAYOUT",
                "golang-migrate",
                "INPUT_ENGINE-VERSION",
                "17"));

    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(scene.summaries().getFirst()).doesNotContain("alters how it is judged");
  }

  @Test
  void rulesOfTheRepositoryThatAChangeAltersAreNamed() throws Exception {
    repository.moveBase(".drydock.yml", "rules: [own]\n");
    repository.moveBase("own/own-rule.yaml", RULE.formatted("true"));
    repository.startOver();
    repository.origin().write("own/own-rule.yaml", RULE.formatted("false"));
    scene.firstPush();

    ActionScene.Result result = scene.run(Map.of());

    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(scene.summaries().getFirst()).contains(TOLD + "`own/own-rule.yaml`.");
  }

  @Test
  void whatTheTargetBranchHasAndWordsThatMeanTheSameAreNoNews() throws Exception {
    repository.moveBase(".drydock.yml", "fail-on: error\n");
    repository.startOver();
    repository.origin().write(".drydock.yml", "# The same\nfail-on: error\npreset: recommended\n");
    scene.firstPush();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(scene.summaries().getFirst()).doesNotContain("alters how it is judged");
    assertThat(result.log()).doesNotContain("alters how it is judged");
  }
}
