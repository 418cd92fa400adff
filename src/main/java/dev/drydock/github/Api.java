package dev.drydock.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.HttpException;

/** One repository on GitHub, for a token. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 30;

  private final Connector connector;
  private final URI endpoint;
  private final URI graphql;
  private final String token;
  private final String name;
  private final GitHub github;
  private GHRepository repository;

  /**
   * @param endpoint as in {@code GITHUB_API_URL}
   * @param graphql as in {@code GITHUB_GRAPHQL_URL}
   * @param repository as in {@code GITHUB_REPOSITORY}, {@code owner/name}
   * @param token of an installation, as workflows have it
   */
  public Api(Connector connector, URI endpoint, URI graphql, String repository, String token) {
    this.connector = Objects.requireNonNull(connector);
    this.endpoint = Objects.requireNonNull(endpoint);
    this.graphql = Objects.requireNonNull(graphql);
    this.name = Objects.requireNonNull(repository);
    this.token = Objects.requireNonNull(token);
    if (!repository.matches("[\\w.-]+/[\\w.-]+")) {
      throw new GitHubException(
          "The repository is named `%s`, not owner/name, so GitHub cannot be asked. Check GITHUB_REPOSITORY."
              .formatted(repository));
    }
    try {
      this.github =
          new GitHubBuilder()
              .withEndpoint(endpoint.toString())
              .withAppInstallationToken(token)
              .withConnector(connector)
              // The connector has waited as long as makes sense.
              .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
              .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
              .build();
    } catch (IOException e) {
      throw new GitHubException("GitHub cannot be set up: " + e.getMessage(), e);
    }
  }

  /** {@code owner/name}. */
  String name() {
    return name;
  }

  /** Asked for once. */
  synchronized GHRepository repository() throws IOException {
    if (repository == null) {
      repository = github.getRepository(name);
    }
    return repository;
  }

  /** A request that the library has no words for; {@code path} starts with a slash. */
  Reply call(String method, String path, Optional<Object> body) throws IOException {
    return send(method, URI.create(endpoint + "/repos/" + name + path), body);
  }

  /** All items of a list, page by page. */
  List<JsonNode> list(String path) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      Reply reply =
          call("GET", "%s?per_page=%d&page=%d".formatted(path, PAGE, page), Optional.empty());
      if (reply.status() != 200) {
        throw new HttpException(reply.message(), reply.status(), "", path);
      }
      reply.json().forEach(items::add);
      if (reply.json().size() < PAGE) {
        break;
      }
    }
    return items;
  }

  /** The {@code data} of a GraphQL query. */
  JsonNode graphql(String query, Map<String, Object> variables) throws IOException {
    Reply reply =
        send("POST", graphql, Optional.of(Map.of("query", query, "variables", variables)));
    if (reply.status() != 200 || reply.json().has("errors")) {
      throw new IOException("GitHub refused the query (%d)".formatted(reply.status()));
    }
    return reply.json().path("data");
  }

  /** A status and what came with it. */
  record Reply(int status, JsonNode json) {
    boolean ok() {
      return status >= 200 && status < 300;
    }

    /** Refuses an answer that is none. */
    Reply orThrow(String what) throws IOException {
      if (!ok()) {
        throw new HttpException(message(), status, "", what);
      }
      return this;
    }

    String message() {
      return json.path("message").asText("");
    }
  }

  private Reply send(String method, URI uri, Optional<Object> body) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Accept", List.of("application/vnd.github+json"));
    headers.put("Authorization", List.of("token " + token));
    if (body.isPresent()) {
      headers.put("Content-Type", List.of("application/json"));
    }
    Connector.Answer answer =
        connector.send(
            method,
            uri,
            headers,
            body.isPresent(),
            body.isPresent() ? JSON.writeValueAsBytes(body.get()) : new byte[0]);
    return new Reply(answer.status(), json(answer.body()));
  }

  /** A gateway that fails answers in HTML. */
  private static JsonNode json(byte[] body) throws IOException {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return name + " at " + endpoint;
  }
}
