package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.report.Format;
import dev.drydock.report.HostileReports;
import dev.drydock.report.ParsedComment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;

/** A fork's pull request: one workflow lints without rights, another one posts what it left. */
class ForkTest extends OnActionScene {
  /** Puts a report where the job with rights finds it. */
  private Path receive(String json) throws IOException {
    Path workspace = Files.createDirectories(directory.resolve("privileged"));
    Files.writeString(workspace.resolve("drydock.json"), json);
    return workspace;
  }

  private ActionScene.Result post(String headSha, String json, String number)
      throws IOException, GitAPIException {
    receive(json);
    return post(headSha, number);
  }

  private ActionScene.Result post(String headSha, String number) throws IOException {
    return post(headSha, number, Map.of());
  }

  private ActionScene.Result post(String headSha, String number, Map<String, String> more)
      throws IOException {
    Path workspace = directory.resolve("privileged");
    ObjectNode payload = new ObjectMapper().createObjectNode();
    payload.putObject("workflow_run").put("head_sha", headSha).put("event", "pull_request");
    Map<String, String> variables =
        new HashMap<>(Map.of("INPUT_FROM", "drydock.json", "INPUT_PULL-REQUEST", number));
    variables.putAll(more);
    return scene.run("workflow_run", payload, workspace, variables);
  }

  /** What the job without rights leaves behind. */
  private String unprivileged() throws IOException, GitAPIException {
    scene.firstPush();
    ActionScene.Result result =
        scene.run(
            Map.of("INPUT_COMMENT", "false", "INPUT_REVIEW", "false", "INPUT_CHECK", "false"));
    assertThat(result.status()).as(result.log()).isEqualTo(1);
    assertThat(gitHub.requests).noneMatch(request -> !request.startsWith("GET "));
    gitHub.requests.clear();
    return Files.readString(directory.resolve("checkout1/drydock.json"));
  }

  @Test
  void aReportOfARunWithoutRightsIsPostedByOneWithThem() throws Exception {
    String json = unprivileged();
    ActionScene.Result result = post(repository.head(), json, "1");
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(gitHub.reviews).hasSize(1);
    assertThat(gitHub.comments).hasSize(1);
    assertThat(gitHub.comments.getFirst().path("body").asText()).contains("blocking-index-build");
  }

  /** The report is about the merge with the target branch, and what is linked is the branch. */
  @Test
  void linksLeadToTheLinesAsTheBranchHasThem() throws Exception {
    String file = "db/R__upkeep.sql";
    String upkeep = "-- line\n".repeat(8);
    String table = PullRequestRepository.ONE_MIGRATION.get("migrations/0001_init.up.sql");
    repository.moveBase("db/V1__init.sql", table.replace("orders", "t"));
    repository.moveBase(file, upkeep);
    repository.startOver();
    repository.origin().write(file, upkeep + "create index on t (note);\n");
    repository.origin().commit("change");
    repository.moveBase(file, "-- two\n-- more\ncreate index on t (total);\n" + upkeep);
    repository.push();
    scene.run(Map.of("INPUT_COMMENT", "false", "INPUT_REVIEW", "false", "INPUT_CHECK", "false"));
    String json = Files.readString(directory.resolve("checkout1/drydock.json"));

    ActionScene.Result result = post(repository.head(), json, "1");

    assertThat(result.status()).as(result.log()).isZero();
    assertThat(only().path("line").asInt()).isEqualTo(9);
    assertThat(scene.summaries().getFirst())
        .contains(
            "[`%1$s:9`](<https://github.com/o/r/blob/%2$s/%1$s#L9>)"
                .formatted(file, repository.head()))
        // The target branch brought it, and the branch has no such line.
        .contains("\n`%s:3` · ".formatted(file))
        .doesNotContain("#L12", "#L3");
  }

  @Test
  void aNewlineAfterTheTokenInTheEnvironmentIsNoPartOfIt() throws Exception {
    String json = unprivileged();
    receive(json);
    ActionScene.Result result =
        post(
            repository.head(),
            "1",
            Map.of("INPUT_TOKEN", "", "GITHUB_TOKEN", FakeGitHub.TOKEN + "\n"));
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(gitHub.comments).hasSize(1);
  }

  @Test
  void aTokenOfTwoLinesIsNotSaid() throws Exception {
    String json = unprivileged();
    receive(json);
    ActionScene.Result result =
        post(repository.head(), "1", Map.of("INPUT_TOKEN", FakeGitHub.TOKEN + "\nx"));
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.log())
        .contains("the token has a character that no header may hold")
        .doesNotContain("bug in Drydock");
  }

  @Test
  void aReportForAnotherCommitIsNotPosted() throws Exception {
    String json = unprivileged();
    ActionScene.Result result = post(repository.base(), json, "1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.log()).contains("is not posted");
    assertThat(gitHub.comments).isEmpty();
    assertThat(gitHub.reviews).isEmpty();
  }

  @Test
  void aReportThatIsNoneIsNotPosted() throws Exception {
    scene.firstPush();
    ActionScene.Result result =
        post(repository.head(), "{\"schemaVersion\": 1, \"evil\": true}", "1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void aStrangersWordsInAReportMentionNobody() throws Exception {
    String json =
        unprivileged()
            .replace(
                "Building index", "@everyone <!-- drydock:v1 --> <img src=x> #1 Building index");
    ActionScene.Result result = post(repository.head(), json, "1");
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
  void aReportOfManyMegabytesIsNotEvenRead() throws Exception {
    String json = unprivileged();
    ActionScene.Result result = post(repository.head(), json + " ".repeat(20 << 20), "1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.log()).contains("more than 20971520 bytes and is not posted");
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void aLinkToAnotherFileIsNoReport() throws Exception {
    String json = unprivileged();
    Path workspace = Files.createDirectories(directory.resolve("privileged"));
    Path elsewhere = Files.writeString(directory.resolve("elsewhere.json"), json);
    Files.createSymbolicLink(workspace.resolve("drydock.json"), elsewhere);
    ActionScene.Result result = post(repository.head(), "1");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log()).contains("is not there, or is no file");
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void aReportOfAnotherVersionIsNotPosted() throws Exception {
    String json = unprivileged().replaceFirst("(\"schemaVersion\"\\s*:\\s*)\\d+", "$1" + "999");
    ActionScene.Result result = post(repository.head(), json, "1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.log()).contains("is not posted");
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void aPullRequestIsNamedByItsNumber() throws Exception {
    String json = unprivileged();
    ActionScene.Result result = post(repository.head(), json, "1; rm -rf /");
    assertThat(result.status()).isEqualTo(2);
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void aReportIsPostedOnNoOtherEvent() throws Exception {
    String json = unprivileged();
    Path workspace = receive(json);
    ActionScene.Result result =
        scene.run(
            "pull_request_target",
            scene.pullRequest(),
            workspace,
            Map.of("INPUT_FROM", "drydock.json", "INPUT_PULL-REQUEST", "1"));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.log()).contains("workflow_run");
    assertThat(gitHub.requests).isEmpty();
  }

  @Test
  void everyHostileWordOfTheCorpusIsPostedAsAWord() throws Exception {
    unprivileged();
    String json = Format.JSON.render(HostileReports.all(), Format.Style.PLAIN);
    ActionScene.Result result = post(repository.head(), json, "1");
    assertThat(result.status()).as(result.log()).isZero();
    String body = scene.summaries().getFirst();
    ParsedComment.of(body)
        .assertQuiet(
            List.of(
                "https://github.com/o/r/blob/" + repository.head() + "/",
                "https://github.com/drydock-dev/drydock/blob/main/docs/"));
    assertThat(ParsedComment.of(body).comments()).isEqualTo(1);
    assertThat(result.log().lines()).noneMatch(line -> line.startsWith("::"));
  }

  @Test
  void aTokenThatMayNotCommentSaysWhichPermissionIsMissing() throws Exception {
    String json = unprivileged();
    gitHub.refuse("POST /repos", 403);
    ActionScene.Result result = post(repository.head(), json, "1");
    assertThat(result.status()).as("nothing was posted: " + result.log()).isEqualTo(3);
    assertThat(result.log())
        .contains("`permissions: pull-requests: write`")
        .doesNotContain("forks", "verdict is unchanged");
  }

  @Test
  void whereTheSummaryIsPostedTheJobDoesNotFailForALineThatIsNot() throws Exception {
    String json = unprivileged();
    gitHub.refuse("POST /repos/o/r/pulls", 403);
    ActionScene.Result result = post(repository.head(), json, "1");
    assertThat(result.status()).as(result.log()).isZero();
    assertThat(gitHub.comments).hasSize(1);
  }
}
