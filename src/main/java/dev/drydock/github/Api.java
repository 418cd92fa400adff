package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;

/** One repository on GitHub, for a token. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /** Asked for once. */
  synchronized GHRepository repository() throws IOException {
    if (repository == null) {
      repository = github.getRepository(name);
    }
    return repository;
  }

  /** A request that the library has no words for; {@code path} starts with a slash. */
  Reply repositoryPost(String path, Object body) throws IOException {
    return post(URI.create(endpoint + "/repos/" + name + path), body);
  }

  /** The {@code data} of a GraphQL query. */
  JsonNode graphql(String query, Map<String, Object> variables) throws IOException {
    Reply reply = post(graphql, Map.of("query", query, "variables", variables));
    if (reply.status() != 200 || reply.json().has("errors")) {
      throw new IOException("GitHub refused the query (%d)".formatted(reply.status()));
    }
    return reply.json().path("data");
  }

  /** A status and what came with it. */
  record Reply(int status, JsonNode json) {
    String message() {
      return json.path("message").asText("");
    }
  }

  private Reply post(URI uri, Object body) throws IOException {
    Connector.Answer answer =
        connector.send(
            "POST",
            uri,
            Map.of(
                "Accept", List.of("application/vnd.github+json"),
                "Content-Type", List.of("application/json"),
                "Authorization", List.of("token " + token)),
            true,
            JSON.writeValueAsBytes(body));
    return new Reply(
        answer.status(),
        answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body()));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return name + " at " + endpoint;
  }
}
