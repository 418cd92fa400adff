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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * GitHub with one repository {@code o/r} and one pull request: it keeps what it is told, reads real
 * git objects, and holds every request and every answer against GitHub's description.
 */
final class FakeGitHub implements AutoCloseable {
  static final String TOKEN = "ghs_neverToBeSeen0123456789";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOGIN = "github-actions[bot]";

  final List<ObjectNode> comments = new ArrayList<>();
  final List<ObjectNode> reviewComments = new ArrayList<>();
  final List<JsonNode> reviews = new ArrayList<>();
  final List<JsonNode> checks = new ArrayList<>();
  final List<JsonNode> uploads = new ArrayList<>();
  final List<String> requests = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  final List<ObjectNode> moreFiles = new ArrayList<>();

  /** Runs once, after the first summary comment was made and before the answer. */
  Runnable atFirstComment = () -> {};

  /** As for files that are too large for a diff. */
  boolean withoutPatches;

  String base = "";
  String head = "";
  private final Repository git;
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
    this.git = git;
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
    if (!("token " + TOKEN).equals(request.getHeader("Authorization"))) {
      problems.add("no token: " + uri);
    }
    if (uri.getPath().endsWith("/graphql")) {
      requests.add("POST /graphql");
      return fault("POST /graphql")
          .orElse(
              new Answer(200, "{\"data\":{\"viewer\":{\"login\":\"" + LOGIN + "\"}}}", Map.of()));
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
      return Answer.of(200, tree(matcher.group(1)));
    }
    matcher = Pattern.compile("/git/blobs/(\\w+)").matcher(path);
    if (matcher.matches()) {
      byte[] content = git.open(ObjectId.fromString(matcher.group(1))).getBytes();
      ObjectNode blob = GitHubDescription.get().sample("blob");
      blob.put("sha", matcher.group(1)).put("encoding", "base64").put("size", content.length);
      return Answer.of(200, blob.put("content", Base64.getMimeEncoder().encodeToString(content)));
    }
    matcher = Pattern.compile("/compare/(\\w+)\\.\\.\\.(\\w+)").matcher(path);
    if (matcher.matches()) {
      ObjectNode comparison = GitHubDescription.get().sample("commit-comparison");
      ((ObjectNode) comparison.get("merge_base_commit"))
          .put("sha", mergeBase(matcher.group(1), matcher.group(2)).name());
      return Answer.of(200, comparison);
    }
    if (path.equals("/pulls/1")) {
      ObjectNode pull = GitHubDescription.get().sample("pull-request").put("number", 1);
      ((ObjectNode) pull.get("head")).put("sha", head);
      return Answer.of(200, pull);
    }
    if (path.equals("/pulls/1/files")) {
      return page(files(), query);
    }
    if (path.equals("/pulls/1/reviews")) {
      reviews.add(json);
      json.path("comments").forEach(comment -> addReviewComment(comment, LOGIN));
      return Answer.of(200, GitHubDescription.get().sample("pull-request-review"));
    }
    if (path.equals("/pulls/1/comments")) {
      return method.equals("GET")
          ? page(reviewComments, query)
          : Answer.of(201, addReviewComment(json, LOGIN));
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
    if (path.startsWith("/check-runs")) {
      checks.add(json);
      return Answer.of(method.equals("POST") ? 201 : 200, checkRun());
    }
    if (path.equals("/code-scanning/sarifs")) {
      uploads.add(json);
      return Answer.of(202, GitHubDescription.get().sample("code-scanning-sarifs-receipt"));
    }
    problems.add("nobody answers " + method + " " + path);
    return new Answer(404, "{}", Map.of());
  }

  private ObjectNode checkRun() {
    return GitHubDescription.get().sample("check-run").put("id", ++ids);
  }

  ObjectNode addComment(String body, String login) {
    ObjectNode comment = GitHubDescription.get().sample("issue-comment");
    comment.put("id", ++ids).put("body", body).set("user", user(login));
    comments.add(comment);
    return comment;
  }

  ObjectNode addReviewComment(JsonNode from, String login) {
    ObjectNode comment = GitHubDescription.get().sample("pull-request-review-comment");
    comment.put("id", ++ids).put("body", from.path("body").asText());
    comment.put("path", from.path("path").asText()).put("line", from.path("line").asInt());
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

  private ObjectNode tree(String commit) throws IOException {
    ObjectNode tree = GitHubDescription.get().sample("git-tree");
    ArrayNode entries = tree.put("sha", commit).put("truncated", false).putArray("tree");
    try (TreeWalk walk = new TreeWalk(git)) {
      walk.addTree(git.parseCommit(ObjectId.fromString(commit)).getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        entries
            .addObject()
            .put("path", walk.getPathString())
            .put("mode", "100644")
            .put("type", "blob")
            .put("size", git.open(walk.getObjectId(0)).getSize())
            .put("sha", walk.getObjectId(0).name());
      }
    }
    return tree;
  }

  private RevCommit mergeBase(String one, String other) throws IOException {
    try (RevWalk walk = new RevWalk(git)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(git.resolve(one)));
      walk.markStart(walk.parseCommit(git.resolve(other)));
      return walk.parseCommit(walk.next());
    }
  }

  private List<ObjectNode> files() throws IOException {
    Map<String, ObjectNode> files = new TreeMap<>();
    ByteArrayOutputStream patch = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(patch)) {
      formatter.setRepository(git);
      for (DiffEntry entry :
          formatter.scan(
              mergeBase(base, head).getTree(),
              git.parseCommit(ObjectId.fromString(head)).getTree())) {
        patch.reset();
        formatter.format(entry);
        String text = patch.toString(StandardCharsets.UTF_8);
        ObjectNode file = GitHubDescription.get().sample("diff-entry");
        file.put("filename", entry.getNewPath()).put("status", "added");
        file.put("sha", idOf(entry));
        if (text.contains("@@") && !withoutPatches) {
          file.put("patch", text.substring(text.indexOf("@@")));
        }
        files.put(entry.getNewPath(), file);
      }
    }
    List<ObjectNode> all = new ArrayList<>(moreFiles);
    all.addAll(files.values());
    return all;
  }

  private String idOf(DiffEntry entry) throws IOException {
    try (TreeWalk walk =
        TreeWalk.forPath(
            git, entry.getNewPath(), git.parseCommit(ObjectId.fromString(head)).getTree())) {
      return walk.getObjectId(0).name();
    }
  }
}
