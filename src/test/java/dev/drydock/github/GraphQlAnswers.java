package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What GitHub's GraphQL API answers to the queries that the action asks it. */
final class GraphQlAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_THREADS = 100;

  private GraphQlAnswers() {}

  /**
   * @param login who asks
   * @param comments each of which begins a conversation
   * @param resolved those among them whose conversation is
   */
  static JsonNode to(
      String query, String login, List<ObjectNode> comments, Collection<ObjectNode> resolved) {
    return query.contains("reviewThreads")
        ? threads(query, comments, resolved)
        : JSON.valueToTree(Map.of("data", Map.of("viewer", Map.of("login", login))));
  }

  /** A hundred at a time, with the number of the last as the cursor. */
  private static JsonNode threads(
      String query, List<ObjectNode> comments, Collection<ObjectNode> resolved) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode threads =
        answer
            .putObject("data")
            .putObject("repository")
            .putObject("pullRequest")
            .putObject("reviewThreads");
    ArrayNode nodes = threads.putArray("nodes");
    int from = after(query);
    for (ObjectNode comment : comments.stream().skip(from).limit(MOST_THREADS).toList()) {
      ObjectNode thread = nodes.addObject().put("isResolved", resolved.contains(comment));
      thread.putObject("comments").putArray("nodes").addObject().set("id", comment.get("node_id"));
    }
    threads
        .putObject("pageInfo")
        .put("hasNextPage", from + MOST_THREADS < comments.size())
        .put("endCursor", Integer.toString(from + nodes.size()));
    return answer;
  }

  private static int after(String query) {
    try {
      return JSON.readTree(query).at("/variables/after").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
