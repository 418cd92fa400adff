package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.report.InlineComment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several findings of one place are one comment, which changes with them. */
class ActionPlacesTest extends OnActionScene {
  private static final String TWO = "alter table orders alter column total type smallint;\n";
  private static final String ACCEPTED = "-- drydock:allow narrowed-type: totals are small\n" + TWO;

  private ActionScene.Result push(String sql) throws Exception {
    scene.write("0002_total", sql);
    repository.push();
    return scene.run(Map.of());
  }

  private List<String> edits() {
    return gitHub.requests.stream().filter(r -> r.startsWith("PATCH /repos/o/r/pulls")).toList();
  }

  @Test
  void twoFindingsOnOneStatementAreOneComment() throws Exception {
    ActionScene.Result result = push(TWO);

    assertThat(result.outputs()).as(result.log()).containsEntry("errors", "2");
    assertThat(body()).contains("table-rewrite", "narrowed-type");
    assertThat(InlineComment.read(body())).hasSize(2);
    assertThat(only().path("line").asInt()).isEqualTo(1);
  }

  @Test
  void theSameFindingsAgainChangeNothing() throws Exception {
    push(TWO);
    String body = body();
    repository.origin().write("README.md", "words\n");
    repository.push();
    scene.run(Map.of());

    assertThat(body()).isEqualTo(body);
    assertThat(gitHub.reviews).hasSize(1);
    assertThat(edits()).isEmpty();
  }

  @Test
  void whenOneIsFixedTheCommentIsAboutTheOther() throws Exception {
    push(TWO);
    long id = only().path("id").asLong();
    push(ACCEPTED);

    assertThat(only().path("id").asLong()).isEqualTo(id);
    assertThat(InlineComment.read(body())).hasSize(1);
    assertThat(body()).contains("table-rewrite").doesNotContain("narrowed-type", "fixed");
    assertThat(gitHub.reviews).hasSize(1);
    assertThat(edits()).hasSize(1);
  }

  @Test
  void whatIsNewAtAPlaceGoesIntoTheCommentThere() throws Exception {
    push(ACCEPTED);
    long id = only().path("id").asLong();
    assertThat(InlineComment.read(body())).hasSize(1);
    push(TWO);

    assertThat(only().path("id").asLong()).isEqualTo(id);
    assertThat(InlineComment.read(body())).hasSize(2);
    assertThat(body()).contains("table-rewrite", "narrowed-type");
    assertThat(gitHub.reviews).hasSize(1);
  }

  @Test
  void whenAllAreFixedTheCommentGoes() throws Exception {
    push(TWO);
    push("select 1;\n");

    assertThat(gitHub.reviewComments).isEmpty();
  }

  @Test
  void aCommentSomebodyRepliedToSaysThatOneIsFixedAndThenThatAllAre() throws Exception {
    push(TWO);
    reply();
    push(ACCEPTED);
    String one = gitHub.reviewComments.getFirst().path("body").asText();
    assertThat(one)
        .contains("🔴 **[`table-rewrite`]")
        .contains("\n✅ Another finding here was accepted in %s.\n".formatted(repository.head()));
    assertThat(InlineComment.isClosed(one)).isFalse();

    push("select 1;\n");
    assertThat(gitHub.reviewComments).hasSize(2);
    String all = gitHub.reviewComments.getFirst().path("body").asText();
    assertThat(all).contains("✅ **Fixed in %s.**".formatted(repository.head()));
    assertThat(InlineComment.isClosed(all)).isTrue();
  }

  @Test
  void aNewFindingElsewhereIsACommentOfItsOwn() throws Exception {
    push(TWO);
    scene.write("0003_drop", ActionScene.DROP);
    repository.push();
    scene.run(Map.of());

    assertThat(gitHub.reviewComments).hasSize(2);
    assertThat(gitHub.reviews).hasSize(2);
    assertThat(gitHub.reviews.getLast().path("comments")).hasSize(1);
  }

  @Test
  void aRefusedPlaceCostsItsFindingsAndNoOthers() throws Exception {
    scene.write("0003_drop", ActionScene.DROP);
    gitHub.failOnce("POST /repos/o/r/pulls/1/reviews", 422, Map.of());
    gitHub.failOnce("POST /repos/o/r/pulls/1/comments", 422, Map.of());
    ActionScene.Result result = push(TWO);

    assertThat(result.log()).doesNotContain("warning: GitHub");
    assertThat(body()).contains("column-drop").doesNotContain("table-rewrite", "narrowed-type");
    assertThat(scene.summaries().getFirst()).contains("table-rewrite", "narrowed-type");
  }

  @Test
  void aSuggestionIsOfferedOnlyWhereTheCommentStandsAtItsLines() throws Exception {
    String json = "alter table orders add column extra json not null;\n";
    String accepted = "-- drydock:allow required-column: no rows yet\n" + json;
    push(json);
    assertThat(body()).contains("required-column", "json-column");
    assertThat(body()).containsOnlyOnce("```suggestion\n");

    // GitHub moves a comment with its line, unless it has lost it.
    only().put("line", 2);
    push(accepted);
    assertThat(InlineComment.read(body())).hasSize(1);
    assertThat(body()).contains("```suggestion\n").doesNotContain("required-column");

    push(json);
    assertThat(body()).contains("required-column", "```sql\n").doesNotContain("```suggestion\n");
  }
}
