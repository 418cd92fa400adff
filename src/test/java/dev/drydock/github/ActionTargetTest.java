package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is checked out in place of the pull request: its target branch, or a merge with a former
 * one.
 */
class ActionTargetTest extends OnActionScene {
  @Test
  void pullRequestTargetIsRefused() throws Exception {
    scene.firstPush();
    ActionScene.Result result =
        scene.run("pull_request_target", scene.pullRequest(), repository.checkout(), Map.of());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log()).contains("pull_request_target", "allow-pull-request-target: true");
    assertThat(result.outputs()).containsEntry("verdict", "none");
    assertThat(scene.gitHub.requests).isEmpty();
  }

  @Test
  void pullRequestTargetIsAllowedWhenSomebodySaysSo() throws Exception {
    scene.firstPush();
    ActionScene.Result result =
        scene.run(
            "pull_request_target",
            scene.pullRequest(),
            repository.checkout(),
            Map.of("INPUT_ALLOW-PULL-REQUEST-TARGET", "true"));
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(scene.gitHub.reviews).hasSize(1);
  }

  @Test
  void aCheckoutOfTheTargetBranchIsNotTakenForThePullRequest() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    for (String event : List.of("pull_request", "pull_request_target")) {
      ActionScene.Result result =
          scene.run(
              event,
              scene.pullRequest(),
              repository.checkout("main"),
              Map.of("INPUT_ALLOW-PULL-REQUEST-TARGET", "true"));
      assertThat(result.status()).as(result.log()).isEqualTo(2);
      assertThat(result.log())
          .contains(
              "commit " + repository.base() + " of the target branch is checked out",
              "give actions/checkout `ref: ${{ github.event.pull_request.head.sha }}`");
      assertThat(scene.gitHub.reviewComments).hasSize(1);
    }
  }

  @Test
  void theTargetBranchAsItIsByNowIsNotTakenForThePullRequestEither() throws Exception {
    scene.firstPush();
    ObjectNode payload = scene.pullRequest();
    repository.moveBase("README.md", "meanwhile\n");
    ActionScene.Result result =
        scene.run(
            "pull_request_target",
            payload,
            repository.checkout("main"),
            Map.of("INPUT_ALLOW-PULL-REQUEST-TARGET", "true", "GITHUB_SHA", repository.base()));
    assertThat(result.status()).as(result.log()).isEqualTo(2);
    assertThat(result.log()).contains("as pull_request_target does by default");
  }

  private ObjectNode retargeted(String base) {
    ObjectNode payload = scene.pullRequest().put("action", "edited");
    ((ObjectNode) payload.at("/pull_request/base")).put("sha", base);
    ObjectNode before = payload.putObject("changes").putObject("base");
    before.putObject("ref").put("from", "develop");
    before.putObject("sha").put("from", repository.base());
    return payload;
  }

  @Test
  void theMergeWithAFormerTargetIsNotTakenForTheOneWithTheTarget() throws Exception {
    scene.firstPush();
    repository.origin().checkout("main");
    repository.origin().write("migrations/0003_other.up.sql", "create table other (id int);\n");
    String target = repository.branch("target");
    ActionScene.Result result =
        scene.run("pull_request", retargeted(target), repository.checkout(), Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(3);
    assertThat(result.log())
        .contains("commit " + repository.merge() + ", which is checked out, is its merge with");
    assertThat(scene.gitHub.reviews).isEmpty();
  }

  @Test
  void aPullRequestWithAnotherTargetThatIsMergedWithItIsLinted() throws Exception {
    scene.firstPush();
    ObjectNode payload = retargeted(repository.base());
    ActionScene.Result result = scene.run("pull_request", payload, repository.checkout(), Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(scene.gitHub.reviews).hasSize(1);
  }
}
