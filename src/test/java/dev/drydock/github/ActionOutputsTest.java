package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the action writes its reports, and where it does not. */
class ActionOutputsTest extends OnActionScene {
  @Test
  void aLinkInThePullRequestIsNotWrittenThrough() throws Exception {
    Path precious = Files.writeString(directory.resolve("precious"), "keep me\n");
    repository.origin().link("drydock.sarif", precious.toString());
    scene.firstPush();
    Path workspace = repository.checkout();
    ActionScene.Result result = scene.run("pull_request", scene.pullRequest(), workspace, Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(precious).hasContent("keep me\n");
    assertThat(workspace.resolve("drydock.sarif")).content().contains("blocking-index-build");
  }

  @Test
  void aDirectoryThatLeadsOutOfTheWorkspaceIsNotWrittenTo() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    repository.origin().link("out", elsewhere.toString());
    scene.firstPush();
    ActionScene.Result result = scene.run(Map.of("INPUT_JSON-FILE", "out/reports/drydock.json"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log()).contains("out/reports/drydock.json cannot be written", "leads out of");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aFileElsewhereThatTheWorkflowNamesIsWritten() throws Exception {
    scene.firstPush();
    Path elsewhere = directory.resolve("temp/drydock.json");
    ActionScene.Result result = scene.run(Map.of("INPUT_JSON-FILE", elsewhere.toString()));
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(elsewhere).content().contains("blocking-index-build");
  }

  @Test
  void aFileOfTheRunnersThatCannotBeWrittenCostsAWarning() throws Exception {
    scene.firstPush();
    String nowhere = directory.resolve("nowhere/output").toString();
    ActionScene.Result result =
        scene.run(Map.of("GITHUB_OUTPUT", nowhere, "GITHUB_STEP_SUMMARY", nowhere));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.log())
        .contains(
            "drydock: warning: %s cannot be written, which GITHUB_OUTPUT names: it does not exist. The verdict is unchanged.\n"
                .formatted(nowhere))
        .contains("which GITHUB_STEP_SUMMARY names");
    assertThat(gitHub.comments).hasSize(1);
    assertThat(gitHub.reviews).hasSize(1);
  }

  @Test
  void anInputThatIsNoneIsRefusedBeforeTheReplay() throws Exception {
    scene.firstPush();
    ActionScene.Result id = scene.run(Map.of("INPUT_ID", "my app"));
    assertThat(id.status()).isEqualTo(2);
    assertThat(id.log())
        .isEqualTo(
            "drydock: the input id is `my app`; it has up to 60 letters, digits, dots, dashes and underscores\n");
    ActionScene.Result flag = scene.run(Map.of("INPUT_CHECK", "yes"));
    assertThat(flag.status()).isEqualTo(2);
    assertThat(flag.log()).contains("the input check is true or false, not `yes`");
    assertThat(flag.outputs()).containsEntry("verdict", "none").containsEntry("errors", "0");
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void aReportThatCannotBeWrittenIsToldBeforeTheReplay() throws Exception {
    repository.push();
    ActionScene.Result result = scene.run(Map.of("INPUT_SARIF_FILE", "."));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log().lines())
        .hasSize(2)
        .allMatch(line -> line.endsWith(" cannot be written: it is a directory"))
        .anyMatch(line -> line.startsWith("::error title=No verdict::"))
        .anyMatch(line -> line.startsWith("drydock: "));
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void aWorkspaceWithoutACheckoutIsToldInTheTermsOfAWorkflow() throws Exception {
    scene.firstPush();
    Path workspace = Files.createDirectories(directory.resolve("workspace/source")).getParent();
    ActionScene.Result none = scene.run("pull_request", scene.pullRequest(), workspace, Map.of());
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.log())
        .contains(
            "there is no checkout in the directory `.` of the workspace; put a step with actions/checkout before this one");
    assertThat(none.outputs()).containsEntry("verdict", "none");
    ActionScene.Result other =
        scene.run(
            "pull_request",
            scene.pullRequest(),
            workspace,
            Map.of("INPUT_WORKING-DIRECTORY", "sources"));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.log())
        .contains(
            "the input working-directory is `sources`, which is no directory of the workspace");
  }

  @Test
  void whatGitHubTakesTimeForIsNotCalledAReplay() throws Exception {
    scene.firstPush();
    for (int i = 0; i < 3; i++) {
      gitHub.failOnce("POST /repos/o/r/check-runs", 502, Map.of());
    }
    assertThat(scene.run(Map.of()).log()).doesNotContain("replaying 2 of 2");
  }
}
