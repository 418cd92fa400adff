package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What GitHub refuses, breaks or does otherwise, and what the action makes of it. */
class ActionRefusedTest extends OnActionScene {
  @Test
  void aTokenThatMayNothingCostsWarningsAndNotTheVerdict() throws Exception {
    scene.firstPush();
    gitHub.refuse("POST /repos", 403);
    gitHub.refuse("GET /repos/o/r/pulls", 403);
    gitHub.refuse("GET /repos/o/r/issues", 403);
    ActionScene.Result result = scene.run(Map.of("INPUT_SARIF-UPLOAD", "true"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.log())
        .contains("`permissions: pull-requests: write`", "`permissions: checks: write`")
        .contains("`permissions: security-events: write`", "docs/github-action.md")
        .contains("::error file=migrations/0002_index.up.sql,line=1,");
    assertThat(result.outputs()).containsEntry("verdict", "failed");
    assertThat(result.summary())
        .contains("<summary>What was not published as it should be (4)</summary>")
        .contains("Give the job `permissions: checks: write`;")
        .doesNotContain("What the replay could not show");
  }

  @Test
  void whatFailsAtGitHubIsTriedAgainAndAWaitIsHonoured() throws Exception {
    scene.firstPush();
    gitHub.failOnce("POST /repos/o/r/pulls/1/reviews", 502, Map.of());
    gitHub.failOnce("POST /repos/o/r/pulls/1/reviews", 502, Map.of());
    gitHub.failOnce("POST /repos/o/r/issues/1/comments", 403, Map.of("Retry-After", "1"));
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.log()).doesNotContain("warning: GitHub");
    assertThat(gitHub.reviews).hasSize(1);
    assertThat(gitHub.comments).hasSize(1);
  }

  @Test
  void aRefusedAnchorCostsItsCommentAndNoOther() throws Exception {
    scene.write("0002_index", ActionScene.INDEX);
    scene.write("0003_drop", ActionScene.DROP);
    repository.push();
    gitHub.failOnce("POST /repos/o/r/pulls/1/reviews", 422, Map.of());
    gitHub.failOnce("POST /repos/o/r/pulls/1/comments", 422, Map.of());
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.log()).doesNotContain("warning: GitHub");
    assertThat(gitHub.reviewComments).hasSize(1);
  }

  @Test
  void thatAllCommentsAreRefusedIsSaid() throws Exception {
    scene.firstPush();
    gitHub.refuse("POST /repos/o/r/pulls/1/", 422);
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.log())
        .contains(
            "warning: GitHub did not take the review comments (status 422). The verdict is unchanged.\n");
    assertThat(scene.summaries()).singleElement().asString().contains("(status 422)");
  }

  @Test
  void aTokenThatHasExpiredIsNotToldToLackAPermission() throws Exception {
    scene.firstPush();
    gitHub.refuse("/repos/o/r", 401);
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.log())
        .contains(
            "from GitHub: status 401. Run the job again, or set fetch-depth: 0 for actions/checkout.",
            "GitHub did not take the check run (status 401). The verdict is unchanged. Run the job again.");
  }

  @Test
  void threeThousandFilesAreLookedThrough() throws Exception {
    scene.firstPush();
    for (int i = 0; i < 2998; i++) {
      gitHub.moreFiles.add(
          GitHubDescription.get().sample("diff-entry").put("filename", "src/File" + i + ".java"));
    }
    scene.run(Map.of());
    assertThat(gitHub.reviewComments).hasSize(1);
    assertThat(gitHub.requests.stream().filter(r -> r.endsWith("/pulls/1/files"))).hasSize(30);
  }

  @Test
  void aFileThatIsTooLargeForADiffIsSpokenOfInTheSummary() throws Exception {
    scene.firstPush();
    gitHub.withoutPatches = true;
    scene.run(Map.of());
    assertThat(gitHub.reviews).isEmpty();
    assertThat(gitHub.comments.getFirst().path("body").asText()).contains("blocking-index-build");
  }

  @Test
  void anEnterpriseServerHasItsApiUnderAPath() throws Exception {
    gitHub.close();
    gitHub = new FakeGitHub(repository.repository(), "/api/v3");
    scene.gitHub = gitHub;
    scene.firstPush();
    scene.run(Map.of());
    assertThat(gitHub.comments).hasSize(1);
    assertThat(gitHub.reviews).hasSize(1);
  }
}
