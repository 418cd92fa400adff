package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Comments on lines over several pushes and runs. */
class ActionReviewTest extends OnActionScene {
  private static final String ACCEPTED =
      "-- drydock:allow blocking-index-build: the table is small\n" + ActionScene.INDEX;

  private ActionScene.Result push(String sql) throws Exception {
    scene.write("0002_index", sql);
    repository.push();
    return scene.run(Map.of());
  }

  private void rename(String from, String to, String sql) throws IOException {
    for (String direction : List.of("up", "down")) {
      Path old = repository.origin().root().resolve("migrations");
      Files.delete(old.resolve("%s.%s.sql".formatted(from, direction)));
    }
    scene.write(to, sql);
  }

  /** As GitHub tells of comments whose lines are not in the diff any more: without them. */
  private static void outdate(ObjectNode comment) {
    comment.remove(List.of("line", "start_line"));
  }

  @Test
  void aRunThatAPushHasOvertakenCommentsOnNoLine() throws Exception {
    scene.firstPush();
    JsonNode slow = scene.pullRequest();
    Path checkout = repository.checkout();
    push("select 1;\n");
    ActionScene.Result result =
        scene.run("pull_request", slow, checkout, Map.of("GITHUB_RUN_ID", "1"));
    assertThat(result.outputs()).as(result.log()).containsEntry("verdict", "failed");
    assertThat(gitHub.reviews).isEmpty();
    assertThat(scene.summaries()).singleElement().asString().contains("✅ No findings");
  }

  @Test
  void aRunThatAPushHasOvertakenMakesNoSummaryWhereTheNewerHadNothingToSay() throws Exception {
    scene.firstPush();
    JsonNode slow = scene.pullRequest();
    Path checkout = repository.checkout();
    repository.startOver();
    repository.origin().write("README.md", "without migrations\n");
    repository.push();
    scene.run(Map.of());
    ActionScene.Result again = scene.run("pull_request", slow, checkout, Map.of());
    assertThat(again.status()).as(again.log()).isEqualTo(1);
    assertThat(gitHub.comments).isEmpty();
  }

  @Test
  void ofTwoRunsThatReviewAtOnceTheFirstCommentsStay() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    ObjectNode other = gitHub.reviewComments.removeFirst();
    gitHub.atFirstReview = () -> gitHub.reviewComments.addFirst(other);
    scene.run(Map.of());
    assertThat(only()).isSameAs(other);
  }

  @Test
  void aCommentGoesWithItsStatementToAFileOfAnotherName() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    outdate(only());
    rename("0002_index", "0003_index", ActionScene.INDEX);
    repository.push();
    scene.run(Map.of());
    assertThat(only().path("path").asText()).isEqualTo("migrations/0003_index.up.sql");
    assertThat(only().path("line").asInt()).isEqualTo(1);
  }

  @Test
  void aCommentWhoseLinesAreGoneStaysWherePeopleAnsweredOrResolvedIt() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    ObjectNode ours = only();
    outdate(ours);
    gitHub.resolved.add(ours);
    rename("0002_index", "0003_index", ActionScene.INDEX);
    repository.push();
    scene.run(Map.of());
    assertThat(only()).isSameAs(ours);
    assertThat(gitHub.reviews).hasSize(1);

    gitHub.resolved.clear();
    reply();
    scene.run(Map.of());
    assertThat(gitHub.reviewComments).hasSize(2).contains(ours);
    assertThat(gitHub.reviews).hasSize(1);
  }

  @Test
  void thatOneOfManyConversationsIsResolvedIsKnown() throws Exception {
    for (int i = 0; i < 110; i++) {
      gitHub.addReviewComment(new ObjectMapper().createObjectNode().put("body", "?"), "somebody");
    }
    scene.firstPush();
    scene.run(Map.of());
    ObjectNode ours = gitHub.reviewComments.getLast();
    outdate(ours);
    gitHub.resolved.add(ours);
    rename("0002_index", "0003_index", ActionScene.INDEX);
    repository.push();
    scene.run(Map.of());
    assertThat(gitHub.reviewComments.getLast()).isSameAs(ours);
    assertThat(gitHub.reviews).hasSize(1);
  }

  @Test
  void aCommentSaysWhatIsSoAfterAPushThatChangedAnotherStatement() throws Exception {
    push(ActionScene.INDEX);
    assertThat(body()).contains("holds SHARE on", "```suggestion\n");
    // GitHub moves a comment with its line.
    only().put("line", 3);
    push("begin;\nalter table orders add column x int;\n" + ActionScene.INDEX + "commit;\n");
    assertThat(body())
        .contains("holds ACCESS EXCLUSIVE on")
        // In a transaction it would fail.
        .doesNotContain("```suggestion\n");
    assertThat(gitHub.reviews).hasSize(1);
  }

  @Test
  void aCommentThatWasAnsweredKeepsItsWordsAndNoSuggestionThatWouldFail() throws Exception {
    push(ActionScene.INDEX);
    reply();
    ObjectNode ours = gitHub.reviewComments.getFirst();
    String said = ours.path("body").asText();
    repository.origin().write("README.md", "words\n");
    push(ActionScene.INDEX);
    assertThat(ours.path("body").asText()).isEqualTo(said);

    ours.put("line", 3);
    push("begin;\nalter table orders add column x int;\n" + ActionScene.INDEX + "commit;\n");
    assertThat(ours.path("body").asText())
        .contains("holds SHARE on", "```sql\n")
        .doesNotContain("```suggestion\n");
  }

  @Test
  void aFindingThatIsAcceptedIsNotCalledFixed() throws Exception {
    push(ActionScene.INDEX);
    reply();
    push(ACCEPTED);
    assertThat(gitHub.reviewComments.getFirst().path("body").asText())
        .contains("✅ **Accepted in %s.**".formatted(repository.head()))
        .doesNotContain("Fixed");
    assertThat(scene.summaries().getFirst())
        .contains("Since the last push: 0 new, 0 fixed, 0 unchanged, 1 accepted.");
  }

  @Test
  void anErrorFindsItsLineHoweverManyMilderCommentsStand() throws Exception {
    push(
        IntStream.rangeClosed(1, 31)
            .mapToObj("alter table orders add column c%d json;\n"::formatted)
            .collect(Collectors.joining()));
    assertThat(gitHub.reviewComments).hasSize(30);

    scene.write("0003_index", ActionScene.INDEX);
    scene.write("0004_json", "alter table orders add column d json;\n");
    repository.push();
    scene.run(Map.of());
    assertThat(gitHub.reviews.getLast().path("comments"))
        .singleElement()
        .satisfies(
            comment ->
                assertThat(comment.path("path").asText())
                    .isEqualTo("migrations/0003_index.up.sql"));
  }

  @Test
  void whatFailsTheJobIsCommentedOnHoweverMildItIs() throws Exception {
    scene.write("0002_change", "update orders set note = 'a' where note = 'b';\n");
    repository.push();
    scene.run(Map.of());
    assertThat(gitHub.reviewComments).isEmpty();

    scene.run(Map.of("INPUT_FAIL-ON", "info"));
    assertThat(body()).contains("🔵");
  }

  @Test
  void usesUnderOneIdLeaveTheCommentsOfEachOtherAndSayWhatIsWrong() throws Exception {
    repository.moveBase("other/0001_init.up.sql", "create table other (id bigint, note text);\n");
    repository.moveBase("other/0001_init.down.sql", "drop table other;\n");
    repository.origin().write("migrations/0002_index.up.sql", ActionScene.INDEX);
    repository.origin().write("other/0002_index.up.sql", "create index on other (note);\n");
    repository.push();
    Map<String, String> one = Map.of("INPUT_DIR", "migrations", "GITHUB_RUN_ID", "5000");
    Map<String, String> two = Map.of("INPUT_DIR", "other", "GITHUB_RUN_ID", "5000");
    assertThat(scene.run(one).log()).doesNotContain("under the id");
    ActionScene.Result result = scene.run(two);

    assertThat(result.log())
        .contains("has commented under the id `drydock`", "e.g. `id: ${{ matrix.name }}`");
    assertThat(gitHub.reviewComments.stream().map(comment -> comment.path("path").asText()))
        .containsExactly("migrations/0002_index.up.sql", "other/0002_index.up.sql");
    assertThat(scene.summaries())
        .singleElement()
        .asString()
        .contains("Another job or step of this workflow run")
        .doesNotContain("Since the last");
  }

  @Test
  void aSummaryUnderAnotherIdSaysWhichOneItIs() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    scene.run(Map.of("INPUT_ID", "billing"));
    assertThat(scene.summaries())
        .satisfiesExactly(
            usual -> assertThat(usual).contains("### ❌ 1 error in 1 pending migration\n"),
            other ->
                assertThat(other).contains("### ❌ 1 error in 1 pending migration (`billing`)\n"));
  }

  @Test
  void whatAPersonWroteIntoACommentStays() throws Exception {
    scene.firstPush();
    scene.run(Map.of());
    only().put("body", body() + "\nSeen, we run it at night.");
    scene.run(Map.of());
    assertThat(body()).contains("blocking-index-build", "Seen, we run it at night.");
  }
}
