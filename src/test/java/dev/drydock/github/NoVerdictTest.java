package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.report.JsonReports;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What reviewers see when a push cannot be judged, after one that could. */
class NoVerdictTest extends OnActionScene {
  private static final String NO_VERDICT = "### ⚠️ No verdict";

  @Test
  void whatEarlierPushesWereToldDoesNotStandForOneThatCannotBeReplayed() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    breakTheBase();
    ActionScene.Result result = scene.run(Map.of("INPUT_SARIF-UPLOAD", "true"));
    assertThat(result.status()).as(result.log()).isEqualTo(3);
    assertThat(result.log()).contains("setup.sql:1:8", "function nope() does not exist");
    assertThat(result.outputs()).containsEntry("verdict", "none").containsEntry("errors", "0");
    assertThat(scene.summaries())
        .singleElement()
        .asString()
        .contains(
            NO_VERDICT + " on `migrations`\n",
            "**Not judged** [`setup.sql:1`](<https://github.com/o/r/blob/",
            "function nope() does not exist\n",
            "**What to do**: an object is missing")
        .doesNotContain("Since the last push");
    assertThat(result.summary()).startsWith(NO_VERDICT);
    assertThat(gitHub.reviewComments).as("nobody knows whether it is fixed").hasSize(1);
    assertThat(gitHub.checks.getLast().path("conclusion").asText()).isEqualTo("failure");
    assertThat(gitHub.checks.getLast().at("/output/title").asText()).isEqualTo("No verdict");
    assertThat(gitHub.checks.getLast().at("/output/annotations/0/path").asText())
        .isEqualTo("setup.sql");
    assertThat(gitHub.uploads).as("code scanning would close its alerts").isEmpty();
  }

  @Test
  void theNextVerdictIsNotComparedWithNone() throws Exception {
    scene.firstPush();
    breakTheBase();
    scene.run(Map.of());
    repository.origin().write("setup.sql", "select 1;\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(scene.summaries())
        .singleElement()
        .asString()
        .startsWith("<!-- drydock:v1")
        .contains("### ❌ 1 error")
        .doesNotContain("Since the last push", NO_VERDICT);
  }

  @Test
  void aWrongConfigurationIsToldWhereAVerdictStood() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    repository.origin().write(".drydock.yml", "fail-onn: error\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(2);
    assertThat(scene.summaries())
        .singleElement()
        .asString()
        .contains(NO_VERDICT + "\n", "**Not judged** `.drydock.yml:1:1`: ", "fail-onn");
    assertThat(result.outputs()).containsEntry("verdict", "none");
  }

  @Test
  void aWrongConfigurationIsNewsForTheLogWhereNothingWasSaid() throws Exception {
    repository.origin().write(".drydock.yml", "fail-onn: error\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of("INPUT_CHECK", "false"));
    assertThat(result.status()).as(result.log()).isEqualTo(2);
    assertThat(result.log()).contains("::error title=No verdict::.drydock.yml:1:1");
    assertThat(gitHub.comments).isEmpty();
  }

  @Test
  void howLargeAFileMayBeIsForTheConfigurationToSay() throws Exception {
    repository.moveBase(
        "migrations/0001_init.up.sql",
        PullRequestRepository.ONE_MIGRATION.get("migrations/0001_init.up.sql")
            + "-- many rows\n".repeat(100));
    repository.origin().write(".drydock.yml", "limits: {file: 1KB}\n");
    scene.firstPush();
    ActionScene.Result refused = scene.run(Map.of());
    assertThat(refused.status()).as(refused.log()).isEqualTo(3);
    assertThat(refused.log())
        .contains("more than the limit of 1024", "set a larger limits.file in .drydock.yml");
    repository.origin().write(".drydock.yml", "limits: {file: 2KB}\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(1);
  }

  @Test
  void aRunWithoutRightsHandsOnThatThereIsNoVerdict() throws Exception {
    scene.firstPush();
    breakTheBase();
    scene.run(Map.of("INPUT_COMMENT", "false", "INPUT_REVIEW", "false", "INPUT_CHECK", "false"));
    String json = Files.readString(directory.resolve("checkout1/drydock.json"));
    assertThat(JsonReports.read(json).complete()).isFalse();
  }

  /** The migrations before the change need what a file gives that does not run. */
  private void breakTheBase() throws Exception {
    repository.origin().write(".drydock.yml", "before:\n  - setup.sql\n");
    repository.origin().write("setup.sql", "select nope();\n");
    repository.push();
  }
}
