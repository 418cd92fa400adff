package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The action from the event to what GitHub holds afterwards, on a real repository and server. */
class ActionTest extends OnActionScene {
  @Test
  void theFirstPushGetsOneReviewOneSummaryOneCheckAndTheOutputs() throws Exception {
    scene.firstPush();
    ActionScene.Result result = scene.run(Map.of("INPUT_SARIF-UPLOAD", "true"));
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(result.outputs())
        .containsEntry("verdict", "failed")
        .containsEntry("errors", "1")
        .containsEntry("sarif", "drydock.sarif")
        .containsEntry("json", "drydock.json");
    assertThat(result.log()).contains("blocking-index-build", "migrations/0002_index.up.sql:1:14");
    assertThat(result.summary()).contains("blocking-index-build");
    assertThat(gitHub.reviews).hasSize(1);
    JsonNode review = gitHub.reviews.getFirst();
    // What a review itself says could not be deleted later.
    assertThat(review.path("body").asText()).isEmpty();
    assertThat(review.path("commit_id").asText()).isEqualTo(repository.head());
    assertThat(review.at("/comments/0/path").asText()).isEqualTo("migrations/0002_index.up.sql");
    assertThat(review.at("/comments/0/line").asInt()).isEqualTo(1);
    assertThat(gitHub.comments).hasSize(1);
    assertThat(gitHub.comments.getFirst().path("body").asText()).contains("blocking-index-build");
    assertThat(gitHub.checks).hasSize(1);
    assertThat(gitHub.checks.getFirst().path("head_sha").asText()).isEqualTo(repository.head());
    assertThat(gitHub.uploads).hasSize(1);
    JsonNode upload = gitHub.uploads.getFirst();
    assertThat(upload.path("ref").asText()).isEqualTo("refs/pull/1/merge");
    String sarif =
        new String(
            new GZIPInputStream(
                    new ByteArrayInputStream(
                        Base64.getDecoder().decode(upload.path("sarif").asText())))
                .readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(sarif).contains("blocking-index-build", "\"id\": \"drydock/\"");
    // The check annotates already.
    assertThat(result.log()).doesNotContain("::error");
  }

  @Test
  void aShallowCheckoutCostsOneRequestForTheBase() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    assertThat(gitHub.requests.stream().filter(r -> r.contains("/git/")))
        .containsExactly("GET /repos/o/r/git/trees/" + repository.base());
  }

  @Test
  void theSizesOfTheBaseWeighAFindingInEveryPlaceItIsShown() throws Exception {
    repository.moveBase(
        ".drydock-sizes.json",
        """
        {
          "version": 1,
          "captured": "2026-01-31T12:00:00Z",
          "server": "PostgreSQL 16.4",
          "tables": [
            {"schema": "public", "table": "orders", "rows": 3000000, "bytes": 356515840}
          ]
        }
        """);
    scene.write("0002_upper", "update orders set note = upper(note);\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(result.outputs()).containsEntry("errors", "1").containsEntry("warnings", "0");
    String size = "production had about 3 million rows (340 MB) in ";
    String effect = "error instead of warning: the table is large.";
    assertThat(gitHub.reviews.getFirst().at("/comments/0/body").asText()).contains(size, effect);
    assertThat(gitHub.comments.getFirst().path("body").asText()).contains(size, effect);
    assertThat(gitHub.checks.getFirst().toString()).contains(size, effect);
    assertThat(gitHub.requests.stream().filter(r -> r.contains("/git/"))).hasSize(1);
  }

  @Test
  void anEditedAppliedMigrationIsReadFromGitHubAsItWas() throws Exception {
    repository
        .origin()
        .write("migrations/0001_init.up.sql", "create table orders (id bigint primary key);\n");
    scene.write("0002_index", "create index orders_total on orders (total);\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.log()).contains("edited-migration", "blocking-index-build");
    // As it was at the base, to replay it; as the change has it, it is in the checkout.
    assertThat(gitHub.requests.stream().filter(r -> r.contains("/git/blobs/"))).hasSize(1);
  }

  @Test
  void aMigrationThatIsDeletedIsNotLinkedToNorAcceptedInItself() throws Exception {
    repository.origin().delete("migrations/0001_init.up.sql");
    repository.origin().delete("migrations/0001_init.down.sql");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.log())
        .contains("Migration directory migrations is deleted")
        .doesNotContain("drydock:allow");
    assertThat(scene.summaries().getFirst())
        .contains("\n`migrations/0001_init.up.sql:1` · [`edited-migration`]")
        .doesNotContain("drydock:allow");
  }

  @Test
  void theSecondPushPostsWhatIsNewAndTakesBackWhatIsFixed() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    long first = gitHub.reviewComments.getFirst().path("id").asLong();
    scene.write("0002_index", "select 1;\n");
    scene.write("0003_drop", ActionScene.DROP);
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(gitHub.reviews).hasSize(2);
    assertThat(gitHub.reviews.getLast().path("comments")).hasSize(1);
    assertThat(gitHub.reviews.getLast().at("/comments/0/path").asText())
        .isEqualTo("migrations/0003_drop.up.sql");
    assertThat(gitHub.reviewComments.stream().map(c -> c.path("id").asLong()))
        .hasSize(1)
        .doesNotContain(first);
    assertThat(gitHub.comments).as(result.log()).hasSize(1);
    assertThat(gitHub.comments.getFirst().path("body").asText())
        .contains("1 new", "1 fixed")
        .doesNotContain("blocking-index-build");
  }

  @Test
  void aStatementThatStandsTwiceIsCommentedOnTwiceAndCountedTwice() throws Exception {
    scene.write("0002_twice", ActionScene.TWICE);
    repository.push();
    scene.run(Map.of());
    assertThat(gitHub.reviewComments.stream().map(c -> c.path("line").asInt()))
        .containsExactly(1, 3);
    long first = gitHub.reviewComments.getFirst().path("id").asLong();
    scene.write("0002_twice", ActionScene.TWICE.substring(0, ActionScene.TWICE.indexOf('\n') + 1));
    repository.push();
    scene.run(Map.of());
    assertThat(gitHub.reviewComments.stream().map(c -> c.path("id").asLong()))
        .containsExactly(first);
    // The second index doubled the first besides.
    assertThat(gitHub.comments.getFirst().path("body").asText()).contains("2 fixed, 1 unchanged");
  }

  @Test
  void theSameFindingsAgainPostNothing() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    repository.origin().write("README.md", "a force push\n");
    repository.push();
    scene.run(Map.of());
    assertThat(gitHub.reviews).hasSize(1);
    assertThat(gitHub.reviewComments).hasSize(1);
    assertThat(gitHub.comments).hasSize(1);
  }

  @Test
  void aJobThatIsRunAgainIsComparedWithItsOwnFirstRun() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    scene.write("0003_drop", ActionScene.DROP);
    repository.push();
    scene.run(Map.of("GITHUB_RUN_ID", "2000"));
    assertThat(scene.summaries().getFirst()).contains("Since the last push: 1 new, 0 fixed, 1 un");
    scene.run(Map.of("GITHUB_RUN_ID", "2000", "GITHUB_RUN_ATTEMPT", "2"));
    assertThat(scene.summaries().getFirst()).contains("Since the last run: 0 new, 0 fixed, 2 un");
  }

  @Test
  void aForcePushKeepsWhatStillHoldsAndTakesBackTheRest() throws Exception {
    scene.write("0002_index", ActionScene.INDEX);
    scene.write("0003_drop", ActionScene.DROP);
    repository.push();
    scene.run(Map.of());
    assertThat(gitHub.reviewComments).hasSize(2);
    String before = repository.head();
    repository.startOver();
    scene.write("0002_index", "-- rewritten\n" + ActionScene.INDEX);
    repository.push();
    assertThat(repository.head()).isNotEqualTo(before);
    ActionScene.Result result = scene.run(Map.of());
    assertThat(gitHub.reviews).as(result.log()).hasSize(1);
    assertThat(gitHub.reviewComments).hasSize(1);
    assertThat(gitHub.reviewComments.getFirst().path("body").asText())
        .contains("blocking-index-build");
    assertThat(scene.summaries())
        .singleElement()
        .asString()
        .contains("1 fixed")
        .doesNotContain("1 new");
  }

  @Test
  void whenAllIsFixedTheCommentsSaySo() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    scene.write("0002_index", "create index concurrently orders_note on orders (note);\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(gitHub.reviewComments).isEmpty();
    assertThat(gitHub.comments).hasSize(1);
    assertThat(result.outputs()).containsEntry("verdict", "passed");
  }

  @Test
  void aCommentSomebodyRepliedToSaysInWhichCommitItWasFixed() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    ObjectNode ours = gitHub.reviewComments.getFirst();
    gitHub.addReviewComment(
        new ObjectMapper()
            .createObjectNode()
            .put("body", "why?")
            .put("in_reply_to_id", ours.path("id").asLong()),
        "somebody");
    scene.write("0002_index", "select 1;\n");
    repository.push();
    scene.run(Map.of());
    assertThat(gitHub.reviewComments).hasSize(2);
    String body = gitHub.reviewComments.getFirst().path("body").asText();
    assertThat(body).contains("Fixed in " + repository.head());
    scene.run(Map.of());
    assertThat(gitHub.reviewComments.getFirst().path("body").asText()).isEqualTo(body);
  }

  @Test
  void anOlderRunLeavesTheCommentsOfANewerOneAlone() throws Exception {
    scene.firstPush();
    scene.run(Map.of("GITHUB_RUN_ID", "5000"));
    String body = gitHub.comments.getFirst().path("body").asText();
    scene.write("0003_drop", ActionScene.DROP);
    repository.push();
    scene.run(Map.of("GITHUB_RUN_ID", "4000"));
    assertThat(gitHub.comments).hasSize(1);
    assertThat(gitHub.comments.getFirst().path("body").asText()).isEqualTo(body);
    assertThat(gitHub.reviews).hasSize(1);
  }

  @Test
  void ofTwoRunsThatCommentAtOnceTheOlderCommentStays() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    ObjectNode other = gitHub.comments.removeFirst();
    gitHub.atFirstComment = () -> gitHub.comments.addFirst(other);
    scene.run(Map.of());
    assertThat(gitHub.comments).containsExactly(other);
    assertThat(gitHub.requests).anyMatch(r -> r.startsWith("DELETE /repos/o/r/issues/comments/"));
  }

  @Test
  void whatAPersonWroteAboveTheSummaryStaysThere() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    ObjectNode ours = gitHub.comments.getFirst();
    // As a browser sends it.
    ours.put("body", ("Seen, we wait.\n\n" + ours.path("body").asText()).replace("\n", "\r\n"));
    scene.write("0003_drop", ActionScene.DROP);
    repository.push();
    scene.run(Map.of());
    assertThat(scene.summaries())
        .singleElement()
        .asString()
        .startsWith("Seen, we wait.\r\n\r\n<!-- drydock:v1 ")
        .contains("Since the last push: 1 new");
  }

  @Test
  void aMarkerInSomebodyElsesCommentIsNotOurs() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    String copied = gitHub.comments.removeFirst().path("body").asText();
    gitHub.addComment(copied, "mallory");
    scene.run(Map.of());
    assertThat(gitHub.comments).hasSize(2);
    assertThat(gitHub.comments.getFirst().path("body").asText()).isEqualTo(copied);
  }

  @Test
  void whatIsWrittenForAnotherToolIsNotPassedOverInSilence() throws Exception {
    repository.moveBase("old/dbmigration/V1__a.sql", "select 1;\n");
    repository.moveBase("billing/dbmigration/V1__a.sql", "select 1;\n");
    repository.origin().write("billing/dbmigration/V2__b.sql", "select 1;\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(result.log())
        .contains(
            "drydock: old/dbmigration is written for Ebean, which Drydock has no layout for: left alone\n")
        .contains(
            "note: billing/dbmigration is written for Ebean, which Drydock has no layout for:");
    assertThat(result.summary())
        .contains("<details open><summary>What the replay could not show (1)</summary>")
        .contains("* billing/dbmigration is written for Ebean, which Drydock has no layout for:")
        .doesNotContain("old/dbmigration");
    assertThat(gitHub.comments).isEmpty();

    scene.firstPush();
    scene.run(Map.of());
    assertThat(scene.summaries().getFirst())
        .contains("<details><summary>What the replay could not show (1)</summary>")
        .contains("* billing/dbmigration is written for Ebean");
  }

  @Test
  void aDirectoryThatIsNamedAndWrittenForAnotherToolIsAMistake() throws Exception {
    repository.origin().write("billing/dbmigration/V2__b.sql", "select 1;\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of("INPUT_DIR", "billing/dbmigration"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log())
        .contains(
            "drydock: billing/dbmigration is written for Ebean, which Drydock has no layout for;"
                + " to read its files as another tool's, name that with the input layout\n");
  }

  @Test
  void aPullRequestWithoutMigrationsGetsNoComment() throws Exception {
    repository.origin().write("README.md", "words\n");
    repository.push();
    ActionScene.Result result = scene.run(Map.of());
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(gitHub.comments).isEmpty();
    assertThat(gitHub.reviews).isEmpty();
  }
}
