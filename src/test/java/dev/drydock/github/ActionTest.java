package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.cli.Drydock;
import dev.drydock.cli.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The action from the event to what GitHub holds afterwards, on a real repository and server. */
class ActionTest {
  private static final String INDEX = "create index orders_note on orders (note);\n";
  private static final String DROP = "alter table orders drop column total;\n";

  @TempDir Path directory;
  private PullRequestRepository repository;
  private FakeGitHub gitHub;
  private int run;

  @BeforeEach
  void start() {
    repository = new PullRequestRepository(directory);
    gitHub = new FakeGitHub(repository.repository(), "");
  }

  @AfterEach
  void everyRequestAndAnswerIsAsGitHubDescribesThem() {
    gitHub.close();
    repository.close();
    assertThat(gitHub.problems).isEmpty();
  }

  private record Result(int status, String log, Map<String, String> outputs, String summary) {}

  private Result run(Map<String, String> more) throws IOException, GitAPIException {
    gitHub.base = repository.base();
    gitHub.head = repository.head();
    ObjectNode payload = new ObjectMapper().createObjectNode();
    payload.putObject("repository").put("default_branch", "main");
    ObjectNode pull = payload.putObject("pull_request").put("number", 1);
    pull.putObject("base").put("sha", repository.base()).putObject("repo").put("full_name", "o/r");
    pull.putObject("head").put("sha", repository.head()).putObject("repo").put("full_name", "o/r");
    return run("pull_request", payload, repository.checkout(), more);
  }

  private Result run(String event, JsonNode payload, Path workspace, Map<String, String> more)
      throws IOException {
    Path output = directory.resolve("output" + ++run);
    Path summary = directory.resolve("summary" + run);
    Path payloadFile = directory.resolve("event.json");
    Files.writeString(payloadFile, payload.toString());
    Map<String, String> variables = new HashMap<>();
    variables.put("INPUT_TOKEN", FakeGitHub.TOKEN);
    variables.put("GITHUB_EVENT_NAME", event);
    variables.put("GITHUB_EVENT_PATH", payloadFile.toString());
    variables.put("GITHUB_WORKSPACE", workspace.toString());
    variables.put("GITHUB_API_URL", gitHub.url());
    variables.put("GITHUB_GRAPHQL_URL", gitHub.graphqlUrl());
    variables.put("GITHUB_REPOSITORY", "o/r");
    variables.put("GITHUB_RUN_ID", Integer.toString(1000 + run));
    variables.put("GITHUB_RUN_ATTEMPT", "1");
    variables.put("GITHUB_SHA", repository.merge() == null ? "" : repository.merge());
    variables.put("GITHUB_REF", "refs/pull/1/merge");
    variables.put("GITHUB_OUTPUT", output.toString());
    variables.put("GITHUB_STEP_SUMMARY", summary.toString());
    variables.putAll(more);
    Map<String, String> properties = new HashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, System.getProperty(name)));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
    int status =
        new Drydock(new Environment(workspace, variables, properties, stream, stream, false, false))
            .run("action");
    String text = log.toString(StandardCharsets.UTF_8);
    assertThat(text).doesNotContain(FakeGitHub.TOKEN);
    Map<String, String> outputs = new HashMap<>();
    if (Files.exists(output)) {
      for (String line : Files.readAllLines(output)) {
        outputs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    return new Result(
        status, text, outputs, Files.exists(summary) ? Files.readString(summary) : "");
  }

  private void write(String name, String sql) {
    repository.origin().write("migrations/" + name + ".up.sql", sql);
    repository.origin().write("migrations/" + name + ".down.sql", "select 1;\n");
  }

  private void firstPush() throws IOException, GitAPIException {
    write("0002_index", INDEX);
    repository.push();
  }

  @Test
  void theFirstPushGetsOneReviewOneSummaryOneCheckAndTheOutputs() throws Exception {
    firstPush();
    Result result = run(Map.of("INPUT_SARIF-UPLOAD", "true"));
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
    firstPush();
    run(Map.of());
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
    write("0002_upper", "update orders set note = upper(note);\n");
    repository.push();
    Result result = run(Map.of());
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
    write("0002_index", "create index orders_total on orders (total);\n");
    repository.push();
    Result result = run(Map.of());
    assertThat(result.log()).contains("edited-migration", "blocking-index-build");
    // As it was at the base, to replay it; and as it is at the head, to place the comment.
    assertThat(gitHub.requests.stream().filter(r -> r.contains("/git/blobs/"))).hasSize(2);
  }

  @Test
  void theSecondPushPostsWhatIsNewAndTakesBackWhatIsFixed() throws Exception {
    firstPush();
    run(Map.of());
    long first = gitHub.reviewComments.getFirst().path("id").asLong();
    write("0002_index", "select 1;\n");
    write("0003_drop", DROP);
    repository.push();
    Result result = run(Map.of());
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
  void theSameFindingsAgainPostNothing() throws Exception {
    firstPush();
    run(Map.of());
    repository.origin().write("README.md", "a force push\n");
    repository.push();
    run(Map.of());
    assertThat(gitHub.reviews).hasSize(1);
    assertThat(gitHub.reviewComments).hasSize(1);
    assertThat(gitHub.comments).hasSize(1);
  }

  @Test
  void whenAllIsFixedTheCommentsSaySo() throws Exception {
    firstPush();
    run(Map.of());
    write("0002_index", "create index concurrently orders_note on orders (note);\n");
    repository.push();
    Result result = run(Map.of());
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(gitHub.reviewComments).isEmpty();
    assertThat(gitHub.comments).hasSize(1);
    assertThat(result.outputs()).containsEntry("verdict", "passed");
  }

  @Test
  void aCommentSomebodyRepliedToSaysInWhichCommitItWasFixed() throws Exception {
    firstPush();
    run(Map.of());
    ObjectNode ours = gitHub.reviewComments.getFirst();
    gitHub.addReviewComment(
        new ObjectMapper()
            .createObjectNode()
            .put("body", "why?")
            .put("in_reply_to_id", ours.path("id").asLong()),
        "somebody");
    write("0002_index", "select 1;\n");
    repository.push();
    run(Map.of());
    assertThat(gitHub.reviewComments).hasSize(2);
    String body = gitHub.reviewComments.getFirst().path("body").asText();
    assertThat(body).contains("Fixed in " + repository.head());
    run(Map.of());
    assertThat(gitHub.reviewComments.getFirst().path("body").asText()).isEqualTo(body);
  }

  @Test
  void anOlderRunLeavesTheCommentsOfANewerOneAlone() throws Exception {
    firstPush();
    run(Map.of("GITHUB_RUN_ID", "5000"));
    String body = gitHub.comments.getFirst().path("body").asText();
    write("0003_drop", DROP);
    repository.push();
    run(Map.of("GITHUB_RUN_ID", "4000"));
    assertThat(gitHub.comments).hasSize(1);
    assertThat(gitHub.comments.getFirst().path("body").asText()).isEqualTo(body);
    assertThat(gitHub.reviews).hasSize(1);
  }

  @Test
  void ofTwoRunsThatCommentAtOnceTheOlderCommentStays() throws Exception {
    firstPush();
    run(Map.of());
    ObjectNode other = gitHub.comments.removeFirst();
    gitHub.atFirstComment = () -> gitHub.comments.addFirst(other);
    run(Map.of());
    assertThat(gitHub.comments).containsExactly(other);
    assertThat(gitHub.requests).anyMatch(r -> r.startsWith("DELETE /repos/o/r/issues/comments/"));
  }

  @Test
  void aMarkerInSomebodyElsesCommentIsNotOurs() throws Exception {
    firstPush();
    run(Map.of());
    String copied = gitHub.comments.removeFirst().path("body").asText();
    gitHub.addComment(copied, "mallory");
    run(Map.of());
    assertThat(gitHub.comments).hasSize(2);
    assertThat(gitHub.comments.getFirst().path("body").asText()).isEqualTo(copied);
  }

  @Test
  void aTokenThatMayNothingCostsWarningsAndNotTheVerdict() throws Exception {
    firstPush();
    gitHub.refuse("POST /repos", 403);
    gitHub.refuse("GET /repos/o/r/pulls", 403);
    gitHub.refuse("GET /repos/o/r/issues", 403);
    Result result = run(Map.of("INPUT_SARIF-UPLOAD", "true"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.log())
        .contains("`permissions: pull-requests: write`", "`permissions: checks: write`")
        .contains("`permissions: security-events: write`", "docs/github-action.md")
        .contains("::error file=migrations/0002_index.up.sql,line=1,");
    assertThat(result.outputs()).containsEntry("verdict", "failed");
  }

  @Test
  void whatFailsAtGitHubIsTriedAgainAndAWaitIsHonoured() throws Exception {
    firstPush();
    gitHub.failOnce("POST /repos/o/r/pulls/1/reviews", 502, Map.of());
    gitHub.failOnce("POST /repos/o/r/pulls/1/reviews", 502, Map.of());
    gitHub.failOnce("POST /repos/o/r/issues/1/comments", 403, Map.of("Retry-After", "1"));
    Result result = run(Map.of());
    assertThat(result.log()).doesNotContain("warning: GitHub");
    assertThat(gitHub.reviews).hasSize(1);
    assertThat(gitHub.comments).hasSize(1);
  }

  @Test
  void aRefusedAnchorCostsItsCommentAndNoOther() throws Exception {
    write("0002_index", INDEX);
    write("0003_drop", DROP);
    repository.push();
    gitHub.failOnce("POST /repos/o/r/pulls/1/reviews", 422, Map.of());
    gitHub.failOnce("POST /repos/o/r/pulls/1/comments", 422, Map.of());
    Result result = run(Map.of());
    assertThat(result.log()).doesNotContain("warning: GitHub");
    assertThat(gitHub.reviewComments).hasSize(1);
  }

  @Test
  void threeThousandFilesAreLookedThrough() throws Exception {
    firstPush();
    for (int i = 0; i < 2998; i++) {
      gitHub.moreFiles.add(
          GitHubDescription.get().sample("diff-entry").put("filename", "src/File" + i + ".java"));
    }
    run(Map.of());
    assertThat(gitHub.reviewComments).hasSize(1);
    assertThat(gitHub.requests.stream().filter(r -> r.endsWith("/pulls/1/files"))).hasSize(30);
  }

  @Test
  void aFileThatIsTooLargeForADiffIsSpokenOfInTheSummary() throws Exception {
    firstPush();
    gitHub.withoutPatches = true;
    run(Map.of());
    assertThat(gitHub.reviews).isEmpty();
    assertThat(gitHub.comments.getFirst().path("body").asText()).contains("blocking-index-build");
  }

  @Test
  void anEnterpriseServerHasItsApiUnderAPath() throws Exception {
    gitHub.close();
    gitHub = new FakeGitHub(repository.repository(), "/api/v3");
    firstPush();
    run(Map.of());
    assertThat(gitHub.comments).hasSize(1);
    assertThat(gitHub.reviews).hasSize(1);
  }

  @Test
  void aPullRequestWithoutMigrationsGetsNoComment() throws Exception {
    repository.origin().write("README.md", "words\n");
    repository.push();
    Result result = run(Map.of());
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(gitHub.comments).isEmpty();
    assertThat(gitHub.reviews).isEmpty();
  }

  @Test
  void pullRequestTargetIsRefused() throws Exception {
    firstPush();
    ObjectNode payload = new ObjectMapper().createObjectNode();
    ObjectNode pull = payload.putObject("pull_request").put("number", 1);
    pull.putObject("base").put("sha", repository.base());
    pull.putObject("head").put("sha", repository.head());
    Result result = run("pull_request_target", payload, repository.checkout(), Map.of());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log()).contains("pull_request_target", "allow-pull-request-target: true");
    assertThat(gitHub.requests).isEmpty();
  }

  private Result post(String headSha, String json, String number)
      throws IOException, GitAPIException {
    Path workspace = Files.createDirectories(directory.resolve("privileged" + run));
    Files.writeString(workspace.resolve("drydock.json"), json);
    ObjectNode payload = new ObjectMapper().createObjectNode();
    payload.putObject("workflow_run").put("head_sha", headSha).put("event", "pull_request");
    return run(
        "workflow_run",
        payload,
        workspace,
        Map.of("INPUT_FROM", "drydock.json", "INPUT_PULL-REQUEST", number));
  }

  /** What the job without rights leaves behind. */
  private String unprivileged() throws IOException, GitAPIException {
    firstPush();
    Result result =
        run(Map.of("INPUT_COMMENT", "false", "INPUT_REVIEW", "false", "INPUT_CHECK", "false"));
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(gitHub.requests).noneMatch(request -> !request.startsWith("GET "));
    gitHub.requests.clear();
    return Files.readString(directory.resolve("checkout1/drydock.json"));
  }

  @Test
  void aReportOfARunWithoutRightsIsPostedByOneWithThem() throws Exception {
    String json = unprivileged();
    Result result = post(repository.head(), json, "1");
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(gitHub.reviews).hasSize(1);
    assertThat(gitHub.comments).hasSize(1);
    assertThat(gitHub.comments.getFirst().path("body").asText()).contains("blocking-index-build");
  }

  @Test
  void aReportForAnotherCommitIsNotPosted() throws Exception {
    String json = unprivileged();
    Result result = post(repository.base(), json, "1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.log()).contains("is not posted");
    assertThat(gitHub.comments).isEmpty();
    assertThat(gitHub.reviews).isEmpty();
  }

  @Test
  void aReportThatIsNoneIsNotPosted() throws Exception {
    firstPush();
    gitHub.head = repository.head();
    Result result = post(repository.head(), "{\"schemaVersion\": 1, \"evil\": true}", "1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void aStrangersWordsInAReportMentionNobody() throws Exception {
    String json =
        unprivileged()
            .replace(
                "Building index", "@everyone <!-- drydock:v1 --> <img src=x> #1 Building index");
    Result result = post(repository.head(), json, "1");
    assertThat(result.status()).as(result.log()).isZero();
    String body = gitHub.comments.getFirst().path("body").asText();
    assertThat(body.substring(body.indexOf('\n')))
        .contains("everyone")
        // As code, GitHub makes nothing of it.
        .doesNotContainPattern("(?<![`>])@everyone")
        .doesNotContainPattern("(?<!`)<!--")
        .doesNotContainPattern("(?<!`)<img");
  }

  @Test
  void aPushIsComparedWithWhatWasThereBefore() throws Exception {
    firstPush();
    ObjectNode payload = new ObjectMapper().createObjectNode();
    payload.put("before", repository.base()).put("after", repository.merge()).put("forced", false);
    Result result = run("push", payload, repository.checkout(), Map.of());
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(gitHub.comments).isEmpty();
    assertThat(gitHub.checks).hasSize(1);
  }
}
