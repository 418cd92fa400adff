package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.cli.Drydock;
import dev.drydock.cli.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A repository, a GitHub that hosts it, and a runner that runs the action. */
final class ActionScene implements AutoCloseable {
  static final String INDEX = "create index orders_note on orders (note);\n";
  static final String DROP = "alter table orders drop column total;\n";

  static final String TWICE =
      "create index on orders (note);\nselect 1;\nCREATE INDEX ON orders (note);\n";

  private static final ObjectMapper JSON = new ObjectMapper();

  final PullRequestRepository repository;
  FakeGitHub gitHub;
  private final Path directory;
  private int runs;

  ActionScene(Path directory) {
    this(directory, PullRequestRepository.ONE_MIGRATION);
  }

  /**
   * @param files what the target branch starts with, by path
   */
  ActionScene(Path directory, Map<String, String> files) {
    this.directory = directory;
    this.repository = new PullRequestRepository(directory, files);
    this.gitHub = new FakeGitHub(repository.repository(), "");
  }

  /**
   * What a run left behind.
   *
   * @param log standard output and error
   * @param summary of the job
   */
  record Result(int status, String log, Map<String, String> outputs, String summary) {}

  /** Runs for the pull request as it was pushed last, in a fresh checkout of its merge. */
  Result run(Map<String, String> more) throws IOException, GitAPIException {
    return run("pull_request", pullRequest(), repository.checkout(), more);
  }

  /** The payload about the pull request as it was pushed last. */
  ObjectNode pullRequest() {
    ObjectNode payload = payload();
    ObjectNode pull = payload.putObject("pull_request").put("number", 1);
    pull.putObject("base").put("sha", repository.base()).putObject("repo").put("full_name", "o/r");
    pull.putObject("head").put("sha", repository.head()).putObject("repo").put("full_name", "o/r");
    return payload;
  }

  static ObjectNode payload() {
    ObjectNode payload = JSON.createObjectNode();
    payload.putObject("repository").put("default_branch", "main");
    return payload;
  }

  Result run(String event, JsonNode payload, Path workspace, Map<String, String> more)
      throws IOException {
    gitHub.base = repository.base();
    gitHub.head = repository.head() == null ? repository.base() : repository.head();
    Path output = directory.resolve("output" + ++runs);
    Path summary = directory.resolve("summary" + runs);
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
    variables.put("GITHUB_RUN_ID", Integer.toString(1000 + runs));
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
    Map<String, String> outputs = new HashMap<>();
    if (Files.exists(output)) {
      for (String line : Files.readAllLines(output)) {
        outputs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    Result result =
        new Result(status, text, outputs, Files.exists(summary) ? Files.readString(summary) : "");
    assertNowhere(FakeGitHub.TOKEN, result, workspace);
    return result;
  }

  private static void assertNowhere(String token, Result result, Path workspace)
      throws IOException {
    assertThat(result.toString()).doesNotContain(token);
    try (Stream<Path> files = Files.list(workspace)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file).content(StandardCharsets.ISO_8859_1).doesNotContain(token);
      }
    }
  }

  /** Writes a migration to the branch. */
  void write(String name, String sql) {
    repository.origin().write("migrations/" + name + ".up.sql", sql);
    repository.origin().write("migrations/" + name + ".down.sql", "select 1;\n");
  }

  /** A migration with one error. */
  void firstPush() throws IOException, GitAPIException {
    write("0002_index", INDEX);
    repository.push();
  }

  /** The bodies of the summary comments. */
  List<String> summaries() {
    return gitHub.comments.stream().map(comment -> comment.path("body").asText()).toList();
  }

  /** Fails unless every request and every answer was as GitHub describes them. */
  @Override
  public void close() {
    gitHub.close();
    repository.close();
    assertThat(gitHub.problems).isEmpty();
  }
}
