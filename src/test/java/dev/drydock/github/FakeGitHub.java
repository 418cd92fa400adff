package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Repository;

/**
 * GitHub with one repository {@code o/r} and one pull request: it keeps what it is told, reads real
 * git objects, and holds every request and every answer against GitHub's description.
 */
final class FakeGitHub implements AutoCloseable {
  static final String TOKEN = "ghs_neverToBeSeen0123456789";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOGIN = "github-actions[bot]";
  private static final int MOST_ANNOTATIONS = 50;
  private static final int LONGEST_BODY = 65_536;
  private static final Answer UNPROCESSABLE =
      new Answer(422, "{\"message\":\"Validation Failed\"}", Map.of());

  private static final Answer NOT_FOUND = new Answer(404, "{\"message\":\"Not Found\"}", Map.of());

  final List<ObjectNode> comments = new ArrayList<>();
  final List<ObjectNode> reviewComments = new ArrayList<>();
  final List<JsonNode> reviews = new ArrayList<>();
  final List<ObjectNode> checks = new ArrayList<>();
  final List<JsonNode> uploads = new ArrayList<>();
  final List<String> requests = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  final List<ObjectNode> moreFiles = new ArrayList<>();

  /** Runs once, after the first summary comment was made and before the answer. */
  Runnable atFirstComment = () -> {};

  /** Runs once, after the first review was made and before the answer. */
  Runnable atFirstReview = () -> {};

  /** Comments whose conversation somebody has resolved. */
  final List<ObjectNode> resolved = new ArrayList<>();

  /** As for files that are too large for a diff. */
  boolean withoutPatches;

  String base = "";
  String head = "";
  private final HostedRepository git;
  private final String prefix;
  private final WireMockServer server;
  private final List<Fault> faults = new ArrayList<>();
  private long ids = 100;

  private record Fault(Predicate<String> on, Answer answer, boolean once) {}

  /** What is answered. */
  record Answer(int status, String body, Map<String, String> headers) {
    static Answer of(int status, JsonNode body) {
      return new Answer(status, body.toString(), Map.of());
    }
  }

  /**
   * @param prefix of all paths, as GitHub Enterprise has it; empty for none
   */
  FakeGitHub(Repository git, String prefix) {
    this.git = new HostedRepository(git);
    this.prefix = prefix;
    this.server =
        new WireMockServer(
            WireMockConfiguration.options().dynamicPort().extensions(new Stateful()));
    server.start();
    server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
  }

  String url() {
    return server.baseUrl() + prefix;
  }

  String graphqlUrl() {
    return server.baseUrl() + (prefix.isEmpty() ? "/graphql" : "/api/graphql");
  }

  /** Fails requests whose method and path contain the words, always. */
  void refuse(String words, int status) {
    faults.add(
        new Fault(
            key -> key.contains(words),
            new Answer(
                status, "{\"message\":\"Resource not accessible by integration\"}", Map.of()),
            false));
  }

  void failOnce(String words, int status, Map<String, String> headers) {
    faults.add(
        new Fault(
            key -> key.contains(words), new Answer(status, "{\"message\":\"no\"}", headers), true));
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Stateful implements ResponseTransformerV2 {
    @Override
    public Response transform(Response response, ServeEvent event) {
      Answer answer;
      synchronized (FakeGitHub.this) {
        answer = answer(event.getRequest());
      }
      List<HttpHeader> headers = new ArrayList<>();
      headers.add(HttpHeader.httpHeader("Content-Type", "application/json"));
      answer.headers().forEach((name, value) -> headers.add(HttpHeader.httpHeader(name, value)));
      return Response.Builder.like(response)
          .but()
          .status(answer.status())
          .headers(new HttpHeaders(headers))
          .body(answer.body())
          .build();
    }

    @Override
    public String getName() {
      return "stateful";
    }
  }

  private Answer answer(LoggedRequest request) {
    URI uri = URI.create(request.getUrl());
    String method = request.getMethod().getName();
    String body = request.getBodyAsString();
    if (uri.getPath().equals("/recorded")) {
      return Answer.of(200, recorded());
    }
    if (!("token " + TOKEN).equals(request.getHeader("Authorization"))) {
      problems.add("no token: " + uri);
    }
    if (uri.getPath().endsWith("/graphql")) {
      requests.add("POST /graphql");
      return fault("POST /graphql")
          .orElseGet(
              () -> Answer.of(200, GraphQlAnswers.to(body, LOGIN, reviewComments, resolved)));
    }
    if (!uri.getPath().startsWith(prefix + "/repos/o/r")) {
      problems.add("not this repository: " + uri);
      return new Answer(404, "{}", Map.of());
    }
    String path = uri.getRawPath().substring(prefix.length());
    Map<String, String> query = query(uri);
    requests.add(method + " " + path);
    GitHubDescription.get()
        .problems(method, path, query, body)
        .forEach(problem -> problems.add(method + " " + path + ": " + problem));
    Optional<Answer> fault = fault(method + " " + path);
    if (fault.isPresent()) {
      return fault.get();
    }
    try {
      Answer answer = handle(method, path.substring("/repos/o/r".length()), query, body);
      GitHubDescription.get()
          .problems(method, path, answer.status(), answer.body())
          .forEach(problem -> problems.add("answer to " + method + " " + path + ": " + problem));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All it holds and was asked. */
  private JsonNode recorded() {
    return JSON.valueToTree(
        Map.of(
            "comments", comments,
            "reviewComments", reviewComments,
            "reviews", reviews,
            "checks", checks,
            "uploads", uploads,
            "requests", requests,
            "problems", problems));
  }

  private Optional<Answer> fault(String key) {
    for (Iterator<Fault> each = faults.iterator(); each.hasNext(); ) {
      Fault fault = each.next();
      if (fault.on().test(key)) {
        if (fault.once()) {
          each.remove();
        }
        return Optional.of(fault.answer());
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new LinkedHashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private Answer handle(String method, String path, Map<String, String> query, String body)
      throws IOException {
    JsonNode json = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
    if (path.isEmpty()) {
      ObjectNode repository = GitHubDescription.get().sample("full-repository");
      repository.put("name", "r").put("full_name", "o/r");
      ((ObjectNode) repository.get("owner")).put("login", "o");
      return Answer.of(200, repository);
    }
    Matcher matcher = Pattern.compile("/git/trees/(\\w+)").matcher(path);
    if (matcher.matches()) {
      return Answer.of(200, git.tree(matcher.group(1)));
    }
    matcher = Pattern.compile("/git/blobs/(\\w+)").matcher(path);
    if (matcher.matches()) {
      return Answer.of(200, git.blob(matcher.group(1)));
    }
    matcher = Pattern.compile("/compare/([\\w-]+)\\.\\.\\.([\\w-]+)").matcher(path);
    if (matcher.matches()) {
      if (!git.has(matcher.group(1))
          || !git.has(matcher.group(2))
          || !git.areRelated(matcher.group(1), matcher.group(2))) {
        return NOT_FOUND;
      }
      return Answer.of(200, git.comparison(matcher.group(1), matcher.group(2)));
    }
    if (path.equals("/pulls/1")) {
      ObjectNode pull = GitHubDescription.get().sample("pull-request").put("number", 1);
      ((ObjectNode) pull.get("head")).put("sha", head);
      return Answer.of(200, pull);
    }
    if (path.equals("/pulls/1/files")) {
      List<ObjectNode> all = new ArrayList<>(moreFiles);
      all.addAll(git.files(base, head, !withoutPatches));
      return page(all, query);
    }
    if (path.equals("/pulls/1/reviews")) {
      for (JsonNode comment : json.path("comments")) {
        if (isMisplaced(comment)) {
          return UNPROCESSABLE;
        }
      }
      reviews.add(json);
      json.path("comments").forEach(comment -> addReviewComment(comment, LOGIN));
      Runnable then = atFirstReview;
      atFirstReview = () -> {};
      then.run();
      return Answer.of(200, GitHubDescription.get().sample("pull-request-review"));
    }
    if (path.equals("/pulls/1/comments")) {
      if (method.equals("GET")) {
        return page(reviewComments, query);
      }
      return isMisplaced(json) ? UNPROCESSABLE : Answer.of(201, addReviewComment(json, LOGIN));
    }
    if (path.equals("/issues/1/comments")) {
      if (method.equals("GET")) {
        return page(comments, query);
      }
      ObjectNode made = addComment(json.path("body").asText(), LOGIN);
      Runnable then = atFirstComment;
      atFirstComment = () -> {};
      then.run();
      return Answer.of(201, made);
    }
    matcher = Pattern.compile("/(issues|pulls)/comments/(\\d+)").matcher(path);
    if (matcher.matches()) {
      List<ObjectNode> all = matcher.group(1).equals("issues") ? comments : reviewComments;
      long id = Long.parseLong(matcher.group(2));
      ObjectNode comment =
          all.stream().filter(c -> c.path("id").asLong() == id).findFirst().orElseThrow();
      if (method.equals("DELETE")) {
        all.remove(comment);
        return new Answer(204, "", Map.of());
      }
      return Answer.of(200, comment.put("body", json.path("body").asText()));
    }
    matcher = Pattern.compile("/check-runs(?:/(\\d+))?").matcher(path);
    if (matcher.matches()) {
      return check(matcher.group(1), (ObjectNode) json);
    }
    if (path.equals("/code-scanning/sarifs")) {
      uploads.add(json);
      return Answer.of(202, GitHubDescription.get().sample("code-scanning-sarifs-receipt"));
    }
    problems.add("nobody answers " + method + " " + path);
    return new Answer(404, "{}", Map.of());
  }

  /** Further annotations of a check run are added to those it has. */
  private Answer check(String id, ObjectNode json) {
    JsonNode annotations = json.at("/output/annotations");
    if (annotations.size() > MOST_ANNOTATIONS) {
      return UNPROCESSABLE;
    }
    if (id == null) {
      checks.add(json.put("id", ++ids));
      return Answer.of(201, GitHubDescription.get().sample("check-run").put("id", ids));
    }
    ObjectNode check =
        checks.stream().filter(c -> c.path("id").asText().equals(id)).findFirst().orElseThrow();
    annotations.forEach(((ArrayNode) check.at("/output/annotations"))::add);
    return Answer.of(
        200, GitHubDescription.get().sample("check-run").put("id", Long.parseLong(id)));
  }

  /** GitHub takes no comment on what the diff does not show, and none that is too long. */
  private boolean isMisplaced(JsonNode comment) throws IOException {
    Set<Integer> shown =
        withoutPatches
            ? Set.of()
            : git.shownLines(base, head).getOrDefault(comment.path("path").asText(), Set.of());
    int last = comment.path("line").asInt();
    int first = comment.path("start_line").asInt(last);
    return (comment.has("start_line") && first >= last)
        || !IntStream.rangeClosed(first, last).allMatch(shown::contains)
        || comment.path("body").asText().length() > LONGEST_BODY;
  }

  ObjectNode addComment(String body, String login) {
    ObjectNode comment = GitHubDescription.get().sample("issue-comment");
    comment.put("id", ++ids).put("body", body).set("user", user(login));
    comments.add(comment);
    return comment;
  }

  ObjectNode addReviewComment(JsonNode from, String login) {
    ObjectNode comment = GitHubDescription.get().sample("pull-request-review-comment");
    comment.put("id", ++ids).put("body", from.path("body").asText()).put("node_id", "node" + ids);
    comment.put("path", from.path("path").asText()).put("line", from.path("line").asInt());
    comment.set("start_line", from.path("start_line").isInt() ? from.path("start_line") : null);
    if (from.has("in_reply_to_id")) {
      comment.put("in_reply_to_id", from.path("in_reply_to_id").asLong());
    }
    comment.set("user", user(login));
    reviewComments.add(comment);
    return comment;
  }

  private static ObjectNode user(String login) {
    return GitHubDescription.get()
        .sample("simple-user")
        .put("login", login)
        .put("type", login.endsWith("[bot]") ? "Bot" : "User");
  }

  private static Answer page(List<ObjectNode> all, Map<String, String> query) {
    int size = Integer.parseInt(query.getOrDefault("per_page", "30"));
    int from = (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size;
    ArrayNode page = JSON.createArrayNode();
    all.stream().skip(from).limit(size).forEach(page::add);
    return Answer.of(200, page);
  }
}
