package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.source.GitRepository;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each event compares, in a checkout of depth 1, and what is told to whom. */
class ActionEventsTest extends OnActionScene {
  private static final String ZEROS = "0".repeat(40);

  private ActionScene.Result on(String event, ObjectNode payload, String branch, String commit)
      throws Exception {
    return scene.run(
        event,
        payload,
        repository.checkout(branch),
        Map.of(
            "GITHUB_SHA",
            commit,
            "GITHUB_REF",
            "refs/heads/" + branch,
            "INPUT_SARIF-UPLOAD",
            "true"));
  }

  private static ObjectNode push(String before, String after, boolean forced) {
    return ActionScene.payload().put("before", before).put("after", after).put("forced", forced);
  }

  /** One finding, a check run and an upload for the commit, and no comment anywhere. */
  private void assertIsTheIndex(ActionScene.Result result, String commit, String ref) {
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(result.outputs()).containsEntry("errors", "1");
    assertThat(result.log()).contains("migrations/0002_index.up.sql:1:14");
    assertThat(result.summary()).contains("/o/r/blob/" + commit + "/migrations/0002_index.up.sql");
    assertThat(scene.gitHub.comments).isEmpty();
    assertThat(scene.gitHub.reviews).isEmpty();
    assertThat(scene.gitHub.checks)
        .extracting(check -> check.path("head_sha").asText())
        .containsExactly(commit);
    assertThat(scene.gitHub.uploads).hasSize(1);
    assertThat(scene.gitHub.uploads.getFirst().path("commit_sha").asText()).isEqualTo(commit);
    assertThat(scene.gitHub.uploads.getFirst().path("ref").asText()).isEqualTo(ref);
  }

  private String branchWithIndex(String name) {
    scene.write("0002_index", ActionScene.INDEX);
    return repository.branch(name);
  }

  @Test
  void aPushIsComparedWithWhatWasThereBefore() throws Exception {
    String before = repository.base();
    String after = branchWithIndex("release");
    assertIsTheIndex(
        on("push", push(before, after, false), "release", after), after, "refs/heads/release");
  }

  @Test
  void theFirstPushOfABranchIsComparedWithWhereItLeftTheDefaultBranch() throws Exception {
    String after = branchWithIndex("topic");
    repository.moveBase("migrations/0003_other.up.sql", "create table other (id int);\n");
    ActionScene.Result result = on("push", push(ZEROS, after, false), "topic", after);
    assertIsTheIndex(result, after, "refs/heads/topic");
    assertThat(scene.gitHub.requests).contains("GET /repos/o/r/compare/main..." + after);
  }

  @Test
  void aBranchWithoutACommitInCommonIsNotTakenForAShortClone() throws Exception {
    try (GitRepository other = GitRepository.create(directory.resolve("other"));
        Git git = Git.wrap(repository.repository())) {
      String after = other.write("index.html", "pages\n").commit("pages");
      git.fetch()
          .setRemote(other.root().toUri().toString())
          .setRefSpecs("refs/heads/main:refs/heads/gh-pages")
          .call();
      ActionScene.Result result = on("push", push(ZEROS, after, false), "gh-pages", after);
      assertThat(result.status()).as(result.log()).isEqualTo(3);
      assertThat(result.log().replaceAll("\\s+", " "))
          .contains("has no commit in common with main", "with `branches` at the event")
          .doesNotContain("fetch-depth");
    }
  }

  @Test
  void aCommentOnAPullRequestIsNotAnsweredWithTheDefaultBranch() throws Exception {
    scene.firstPush();
    ObjectNode payload = ActionScene.payload();
    payload.putObject("issue").put("number", 1).putObject("pull_request");
    ActionScene.Result result =
        scene.run(
            "issue_comment",
            payload,
            repository.checkout("main"),
            Map.of("GITHUB_SHA", repository.base(), "GITHUB_REF", "refs/heads/main"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log().replaceAll("\\s+", " "))
        .contains(
            "the comment is on pull request 1",
            "`ref: refs/pull/1/merge`",
            "::error title=No verdict::the comment is on pull request 1");
    assertThat(scene.gitHub.checks).as("nothing is said of the default branch").isEmpty();

    ActionScene.Result asked =
        scene.run(
            "issue_comment",
            payload,
            repository.checkout(),
            Map.of("GITHUB_SHA", repository.base(), "GITHUB_REF", "refs/heads/main"));
    assertThat(asked.status()).as(asked.log()).isEqualTo(1);
  }

  @Test
  void aForcePushIsComparedWithWhatBothHaveInCommon() throws Exception {
    scene.write("0002_gone", ActionScene.DROP);
    String before = repository.branch("abandoned");
    repository.startOver();
    String after = branchWithIndex("topic");
    assertIsTheIndex(
        on("push", push(before, after, true), "topic", after), after, "refs/heads/topic");
  }

  @Test
  void aTagOnTheDefaultBranchAddsNothing() throws Exception {
    ActionScene.Result result =
        scene.run(
            "push",
            // The id of an annotated tag, which is no commit.
            push(ZEROS, "1".repeat(40), false),
            repository.checkout("main"),
            Map.of("GITHUB_SHA", repository.base(), "GITHUB_REF", "refs/tags/v1"));
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(result.outputs()).containsEntry("verdict", "passed").containsEntry("errors", "0");
  }

  @Test
  void aBranchThatWasDeletedAddsAndTakesNothing() throws Exception {
    scene.firstPush();
    ObjectNode payload = ActionScene.payload();
    payload.put("before", repository.head()).put("after", "0".repeat(40)).put("deleted", true);
    ActionScene.Result result =
        scene.run(
            "push",
            payload,
            repository.checkout("main"),
            Map.of("GITHUB_SHA", repository.base(), "GITHUB_REF", "refs/heads/main"));
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(result.log()).contains("no pending migrations");
  }

  @Test
  void aMergeGroupIsComparedWithItsBase() throws Exception {
    String head = branchWithIndex("gh-readonly-queue/main/pr-1");
    ObjectNode payload = ActionScene.payload();
    payload.putObject("merge_group").put("base_sha", repository.base()).put("head_sha", head);
    assertIsTheIndex(
        on("merge_group", payload, "gh-readonly-queue/main/pr-1", head),
        head,
        "refs/heads/gh-readonly-queue/main/pr-1");
  }

  @Test
  void aRunByHandIsComparedWithWhereItsBranchLeftTheDefaultBranch() throws Exception {
    String head = branchWithIndex("topic");
    repository.moveBase("README.md", "meanwhile\n");
    assertIsTheIndex(
        on("workflow_dispatch", ActionScene.payload(), "topic", head), head, "refs/heads/topic");
  }

  @Test
  void aCheckoutOfTheBranchInsteadOfTheMergeIsReportedAsWhatItIs() throws Exception {
    scene.write("0002_index", ActionScene.INDEX);
    repository.push();
    String merge = repository.merge();
    ActionScene.Result result =
        scene.run(
            "pull_request",
            scene.pullRequest(),
            repository.checkout("feature"),
            Map.of("GITHUB_SHA", merge, "INPUT_SARIF-UPLOAD", "true"));
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(scene.gitHub.uploads.getFirst().path("commit_sha").asText())
        .isEqualTo(repository.head());
    assertThat(scene.gitHub.uploads.getFirst().path("ref").asText()).isEqualTo("refs/pull/1/head");
    assertThat(scene.summaries().getFirst()).contains("/blob/" + repository.head() + "/");
  }

  /** A run by hand on the default branch, with the input head and another. */
  private ActionScene.Result ofTopic(String input, String value) throws Exception {
    return scene.run(
        "workflow_dispatch",
        ActionScene.payload(),
        repository.fullCheckout(),
        Map.of(
            "GITHUB_SHA",
            repository.base(),
            "GITHUB_REF",
            "refs/heads/main",
            "INPUT_HEAD",
            "topic",
            input,
            value));
  }

  /** A check run for the commit that was linted, and no upload for a branch it is not on. */
  private void assertIsTheIndexOffTheBranch(ActionScene.Result result, String commit) {
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(result.summary()).contains("/o/r/blob/" + commit + "/migrations/0002_index.up.sql");
    assertThat(scene.gitHub.checks)
        .extracting(check -> check.path("head_sha").asText())
        .containsExactly(commit);
    assertThat(scene.gitHub.uploads).isEmpty();
    assertThat(result.log())
        .contains("not uploaded to code scanning", "commit " + commit + " is not the one");
  }

  @Test
  void aHeadThatIsNamedIsReportedAsThatCommit() throws Exception {
    String head = branchWithIndex("topic");
    assertIsTheIndexOffTheBranch(ofTopic("INPUT_SARIF-UPLOAD", "true"), head);
  }

  /** In a clone of depth 1, and in a whole one. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMisspeltBaseOrHeadIsAMistakeInTheWorkflow(boolean whole) throws Exception {
    branchWithIndex("topic");
    for (String input : List.of("base", "head")) {
      ActionScene.Result result =
          scene.run(
              "workflow_dispatch",
              ActionScene.payload(),
              whole ? repository.fullCheckout() : repository.checkout("topic"),
              Map.of("INPUT_" + input.toUpperCase(Locale.ROOT), "no-such-branch"));
      assertThat(result.status()).as(result.log()).isEqualTo(2);
      assertThat(result.log())
          .contains("the input " + input + " is `no-such-branch`, which names no branch");
    }
  }

  @Test
  void aBaseThatOnlyMoreOfTheHistoryKnowsIsNoMistake() throws Exception {
    branchWithIndex("topic");
    ActionScene.Result result =
        scene.run(
            "workflow_dispatch",
            ActionScene.payload(),
            repository.checkout("topic"),
            Map.of("INPUT_BASE", "HEAD~1"));
    assertThat(result.status()).as(result.log()).isEqualTo(3);
    assertThat(result.log()).contains("fetch-depth: 0");
  }

  @Test
  void thatNothingWasJudgedIsSaidOfTheHeadThatIsNamed() throws Exception {
    String head = branchWithIndex("topic");
    ActionScene.Result result = ofTopic("INPUT_CONFIG", "gone.yml");
    assertThat(result.status()).isEqualTo(2);
    assertThat(scene.gitHub.checks)
        .extracting(check -> check.path("head_sha").asText())
        .containsExactly(head);
  }

  @Test
  void anotherBranchThanTheRunsThatIsCheckedOutIsReportedAsWhatItIs() throws Exception {
    String main = repository.base();
    String head = branchWithIndex("topic");
    assertIsTheIndexOffTheBranch(
        scene.run(
            "workflow_dispatch",
            ActionScene.payload(),
            repository.checkout("topic"),
            Map.of(
                "GITHUB_SHA", main, "GITHUB_REF", "refs/heads/main", "INPUT_SARIF-UPLOAD", "true")),
        head);
  }

  @Test
  void aMergeThatTheJobMadeIsReportedAsTheEventsOwn() throws Exception {
    scene.firstPush();
    String known = repository.merge();
    scene.write("0003_more", "select 1;\n");
    repository.moveBase("README.md", "meanwhile\n");
    repository.push();
    ObjectNode payload = scene.pullRequest();
    ActionScene.Result result =
        scene.run(
            "pull_request",
            payload,
            repository.checkout(),
            Map.of("GITHUB_SHA", known, "INPUT_SARIF-UPLOAD", "true"));
    assertThat(scene.gitHub.uploads.getFirst().path("commit_sha").asText()).isEqualTo(known);
    assertThat(result.status()).as(result.log()).isEqualTo(1);
  }

  /** A run on a branch that adds an index, in a clone of so many commits. */
  private ActionScene.Result dispatchedWithoutToken(int depth) throws Exception {
    String base = repository.base();
    branchWithIndex("topic");
    return scene.run(
        "workflow_dispatch",
        ActionScene.payload(),
        repository.checkout("topic", depth),
        Map.of("INPUT_TOKEN", "", "INPUT_BASE", base));
  }

  @Test
  void aCloneThatReachesTheBaseNeedsNoToken() throws Exception {
    ActionScene.Result result = dispatchedWithoutToken(2);
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(result.log()).contains("migrations/0002_index.up.sql:1:14");
    assertThat(scene.gitHub.requests).isEmpty();
  }

  @Test
  void withoutATokenAShallowCloneSaysWhatItCannotTell() throws Exception {
    String base = repository.base();
    ActionScene.Result result = dispatchedWithoutToken(1);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.log())
        .contains(
            "Where the change left "
                + base
                + " cannot be told in this clone, which is shallow, and there is no token to ask GitHub with.");
  }

  @Test
  void aMisspeltDirectoryIsNoVerdict() throws Exception {
    scene.firstPush();
    ActionScene.Result result = scene.run(Map.of("INPUT_DIR", "migration\nsql"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log())
        .contains(
            "there are no migrations in migration, sql, neither before the change nor after it");
  }

  @Test
  void severalDirectoriesAreNamedInLines() throws Exception {
    scene.firstPush();
    repository.origin().write("other/db/1_a.sql", "create table a (id int);\n");
    repository.origin().write("third/1_b.sql", "create table b (id int);\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of("INPUT_DIR", "  migrations\n\nother/db\n"));
    assertThat(result.summary()).contains("0002_index", "other/db").doesNotContain("third");
  }

  @Test
  void theConfigurationNamesDirectoriesToo() throws Exception {
    repository.origin().write(".drydock.yml", "directories: [other]\n");
    repository.origin().write("other/1_a.sql", "create table a (id int);\n");
    scene.firstPush();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(result.summary()).contains("other").doesNotContain("0002_index");
  }

  @Test
  void aCommentOnALineIsAboutItsPullRequest() throws Exception {
    scene.firstPush();
    scene.run("pull_request_review_comment", scene.pullRequest(), repository.checkout(), Map.of());
    assertThat(scene.gitHub.reviews).hasSize(1);
  }

  @Test
  void theEndOfAnotherWorkflowHasNoVerdict() throws Exception {
    scene.firstPush();
    ObjectNode payload = ActionScene.payload();
    payload.putObject("workflow_run").put("head_sha", repository.head());
    ActionScene.Result result =
        scene.run("workflow_run", payload, repository.checkout("main"), Map.of());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.log()).contains("with the input from, or with `drydock report --from FILE`");
    assertThat(result.outputs()).containsEntry("verdict", "none");
  }
}
