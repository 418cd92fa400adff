package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is linted is the merge with the target branch; what is commented on is the branch. */
class ActionLinesTest {
  private static final String FILE = "db/migration/R__upkeep.sql";
  private static final String UPKEEP =
      IntStream.rangeClosed(1, 12).mapToObj("-- line %d\n"::formatted).collect(Collectors.joining())
          + "comment on table orders is 'What was ordered';\n";

  @TempDir Path directory;

  private ActionScene scene() {
    return new ActionScene(
        directory,
        Map.of(
            "db/migration/V1__init.sql",
            "create table orders (id bigint primary key, note text not null, total int);\n",
            FILE,
            UPKEEP));
  }

  private static List<Integer> lines(Iterable<? extends JsonNode> nodes, String name) {
    List<Integer> lines = new ArrayList<>();
    nodes.forEach(node -> lines.add(node.path(name).asInt()));
    return lines;
  }

  @Test
  void commentsAndAnnotationsStandWhereTheBranchHasTheLines() throws Exception {
    try (ActionScene scene = scene()) {
      scene.repository.origin().write(FILE, UPKEEP + ActionScene.INDEX);
      scene.repository.origin().commit("change");
      scene.repository.moveBase(FILE, "-- moved\n-- down\n-- by three\n" + UPKEEP);
      scene.repository.push();

      ActionScene.Result result = scene.run(Map.of("INPUT_SARIF-UPLOAD", "true"));

      // The server saw line 17 of the merge, which is line 14 of the branch.
      assertThat(result.log()).contains(FILE + ":17:14");
      assertThat(lines(scene.gitHub.reviewComments, "line")).containsExactly(14);
      assertThat(lines(scene.gitHub.checks.getFirst().at("/output/annotations"), "start_line"))
          .containsExactly(14);
      assertThat(scene.summaries().getFirst())
          .contains("/blob/%s/%s#L17>".formatted(scene.repository.merge(), FILE));
      assertThat(scene.gitHub.uploads.getFirst().path("commit_sha").asText())
          .isEqualTo(scene.repository.merge());
    }
  }

  @Test
  void linesThatGitEndsAnotherWayInTheCheckoutAreTheSame() throws Exception {
    try (ActionScene scene = scene()) {
      scene.repository.origin().write(FILE, UPKEEP + ActionScene.INDEX);
      scene.repository.push();
      Path workspace = scene.repository.checkout();
      Path settings = Files.createDirectories(workspace.resolve(".git/info"));
      Files.writeString(settings.resolve("attributes"), "*.sql text eol=crlf\n");
      Path file = workspace.resolve(FILE);
      Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

      ActionScene.Result result =
          scene.run("pull_request", scene.pullRequest(), workspace, Map.of());

      assertThat(result.log()).contains(FILE + ":14:14");
      assertThat(lines(scene.gitHub.reviewComments, "line")).containsExactly(14);
    }
  }

  @Test
  void whereTheBranchHasTheLinesIsNotGuessedWhenItCannotBeRead() throws Exception {
    try (ActionScene scene = scene()) {
      scene.repository.origin().write(FILE, UPKEEP + ActionScene.INDEX);
      scene.repository.origin().commit("change");
      scene.repository.moveBase(FILE, "-- moved\n" + UPKEEP);
      scene.repository.push();
      scene.gitHub.refuse("GET /repos/o/r/git/blobs/", 403);

      ActionScene.Result result =
          scene.run(
              "pull_request",
              scene.pullRequest(),
              scene.repository.checkout("pull-1-merge", 10),
              Map.of());

      assertThat(result.log()).contains(FILE + ":15:14");
      assertThat(scene.gitHub.reviewComments).isEmpty();
      assertThat(scene.summaries().getFirst()).contains("R__upkeep.sql:15`");
    }
  }

  @Test
  void whatTheTargetBranchBroughtIsNotCommentedOnInTheBranch() throws Exception {
    try (ActionScene scene = scene()) {
      scene.repository.origin().write(FILE, UPKEEP + ActionScene.INDEX);
      scene.repository.origin().commit("change");
      scene.repository.moveBase(FILE, "create index on orders (total);\n" + UPKEEP);
      scene.repository.push();

      ActionScene.Result result = scene.run(Map.of());

      assertThat(result.log()).contains(FILE + ":1:", FILE + ":15:14");
      assertThat(lines(scene.gitHub.reviewComments, "line")).containsExactly(14);
      List<Integer> annotated =
          lines(scene.gitHub.checks.getFirst().at("/output/annotations"), "start_line");
      assertThat(annotated).contains(1, 14).allMatch(line -> line <= 14);
      assertThat(scene.summaries().getFirst()).contains("R__upkeep.sql:1`", "R__upkeep.sql:15`");
    }
  }

  @Test
  void manyFindingsMakeThirtyCommentsAndAnAnnotationEach() throws Exception {
    try (ActionScene scene = new ActionScene(directory)) {
      String sql =
          IntStream.rangeClosed(1, 80)
              .mapToObj(
                  i ->
                      i % 4 > 0
                          ? "create index orders_%d on orders (note, (total + %d));\n"
                              .formatted(i, i)
                          : "alter table orders add column c%d json;\n".formatted(i))
              .collect(Collectors.joining());
      scene.write("0002_many", sql);
      scene.repository.push();

      ActionScene.Result result = scene.run(Map.of());

      int findings =
          Integer.parseInt(result.outputs().get("errors"))
              + Integer.parseInt(result.outputs().get("warnings"))
              + Integer.parseInt(result.outputs().get("infos"));
      assertThat(findings).isGreaterThan(50);
      assertThat(scene.gitHub.checks).hasSize(1);
      assertThat(scene.gitHub.checks.getFirst().at("/output/annotations")).hasSize(findings);
      assertThat(scene.gitHub.requests)
          .anyMatch(request -> request.startsWith("PATCH /repos/o/r/check-runs/"));
      JsonNode posted = scene.gitHub.reviews.getFirst().path("comments");
      assertThat(posted).hasSize(30);
      List<Integer> ranks = new ArrayList<>();
      posted.forEach(comment -> ranks.add(rank(comment)));
      assertThat(ranks).isSorted().contains(0);
      String summary = scene.summaries().getFirst();
      assertThat(summary.length()).isLessThanOrEqualTo(65_000);
      assertThat(summary).startsWith("<!-- drydock:v1 ");

      // Nothing changed, and there is no room for more.
      scene.run(Map.of());
      assertThat(scene.gitHub.reviews).hasSize(1);
      assertThat(scene.gitHub.reviewComments).hasSize(30);

      ObjectNode first = scene.gitHub.reviewComments.getFirst();
      scene.write("0002_many", sql.replaceFirst("create index [^;]*;", "select 1;"));
      scene.repository.push();
      scene.run(Map.of());
      assertThat(scene.gitHub.reviewComments).hasSize(30).doesNotContain(first);
    }
  }

  private static int rank(JsonNode comment) {
    String body = comment.path("body").asText();
    return body.contains("🔴") ? 0 : body.contains("🟡") ? 1 : 2;
  }
}
