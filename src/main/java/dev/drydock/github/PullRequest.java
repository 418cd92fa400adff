package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.source.LineMap;
import dev.drydock.source.SourceException;
import dev.drydock.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pull request and the diff that its reviewers see. */
final class PullRequest {
  /** Of a hundred conversations each. */
  private static final int MOST_PAGES = 30;

  private final Api api;
  private final int number;
  private final String head;
  private final Map<String, Optional<LineMap>> maps = new HashMap<>();
  private Map<String, JsonNode> files;

  /**
   * @param head tip of its branch, an id
   */
  PullRequest(Api api, int number, String head) {
    this.api = api;
    this.number = number;
    this.head = head;
  }

  /** A path with {@code /}, whatever the system. */
  static String path(Path file) {
    return file.toString().replace('\\', '/');
  }

  int number() {
    return number;
  }

  String head() {
    return head;
  }

  /**
   * Where the lines of a file can be commented on.
   *
   * @param linted the lines as they were linted, which may be those of the merge with the target
   * @param text the file as it was linted
   */
  Optional<Lines> anchor(String path, Lines linted, Optional<SourceFile> text) throws IOException {
    JsonNode file = files().get(path);
    if (file == null || !file.hasNonNull("patch")) {
      return Optional.empty();
    }
    DiffLines diff = DiffLines.of(file.path("patch").asText());
    Optional<LineMap> known =
        text.isPresent() ? map(file, text.get()) : Optional.of(LineMap.identity());
    if (known.isEmpty()) {
      // What a comment stands at would be anybody's guess.
      return Optional.empty();
    }
    LineMap map = known.get();
    Optional<Lines> whole = linted.in(map).filter(lines -> diff.hold(lines.first(), lines.last()));
    return whole.or(
        () ->
            new Lines(linted.first(), linted.first())
                .in(map)
                .filter(lines -> diff.hold(lines.first(), lines.last())));
  }

  /**
   * About where the lines of a file are at the head, in its diff or not.
   *
   * @param text the file as it was linted
   */
  Lines near(String path, Lines linted, SourceFile text) throws IOException {
    JsonNode file = files().get(path);
    return file == null ? linted : map(file, text).map(linted::near).orElse(linted);
  }

  /**
   * Where the lines of linted files are at the head, by file, as far as the diff has them; absent
   * where GitHub does not give the file.
   */
  Map<Path, Optional<LineMap>> maps(Iterable<SourceFile> linted) throws IOException {
    Map<Path, Optional<LineMap>> maps = new HashMap<>();
    for (SourceFile text : linted) {
      JsonNode file = files().get(path(text.path()));
      if (file != null) {
        maps.put(text.path(), map(file, text));
      }
    }
    return maps;
  }

  /**
   * From the file as it was linted to the one at the head, which is asked for once; absent when
   * GitHub does not give it.
   */
  private Optional<LineMap> map(JsonNode file, SourceFile linted) {
    return maps.computeIfAbsent(file.path("filename").asText(), unused -> mapped(file, linted));
  }

  private Optional<LineMap> mapped(JsonNode file, SourceFile linted) {
    String id = file.path("sha").asText("");
    if (id.isEmpty() || linted.blobId().equals(id)) {
      return Optional.of(LineMap.identity());
    }
    try {
      String atHead = new String(new RemoteFiles(api, head).fetch(id), StandardCharsets.UTF_8);
      return Optional.of(LineMap.between(lines(linted.text()), lines(atHead)));
    } catch (SourceException e) {
      return Optional.empty();
    }
  }

  /** Git may end the lines of a checkout as no commit ends them. */
  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }

  /** Whether there was a push since, whose run speaks for the pull request. */
  boolean isOvertaken() throws IOException {
    String now =
        api.call("GET", "/pulls/%d".formatted(number), Optional.empty())
            .orThrow("pull request")
            .json()
            .at("/head/sha")
            .asText();
    return !now.equals(head);
  }

  /** The first comment of each conversation that somebody has resolved, as GraphQL names it. */
  Set<String> resolved() throws IOException {
    String[] name = api.name().split("/");
    Set<String> resolved = new HashSet<>();
    Map<String, Object> variables = new HashMap<>();
    variables.put("owner", name[0]);
    variables.put("name", name[1]);
    variables.put("number", number);
    for (int page = 1; page <= MOST_PAGES; page++) {
      JsonNode threads =
          api.graphql(
                  """
                  query ($owner: String!, $name: String!, $number: Int!, $after: String) {
                    repository(owner: $owner, name: $name) {
                      pullRequest(number: $number) {
                        reviewThreads(first: 100, after: $after) {
                          nodes { isResolved comments(first: 1) { nodes { id } } }
                          pageInfo { hasNextPage endCursor }
                        }
                      }
                    }
                  }
                  """,
                  variables)
              .at("/repository/pullRequest/reviewThreads");
      for (JsonNode thread : threads.path("nodes")) {
        if (thread.path("isResolved").asBoolean()) {
          resolved.add(thread.at("/comments/nodes/0/id").asText());
        }
      }
      if (!threads.at("/pageInfo/hasNextPage").asBoolean()) {
        break;
      }
      variables.put("after", threads.at("/pageInfo/endCursor").asText());
    }
    return resolved;
  }

  /** The files that it deletes. */
  Set<Path> deleted() throws IOException {
    Set<Path> deleted = new HashSet<>();
    for (JsonNode file : files().values()) {
      if (file.path("status").asText().equals("removed")) {
        deleted.add(Path.of(file.path("filename").asText()));
      }
    }
    return deleted;
  }

  /** By path, at most the three thousand that GitHub lists. */
  private Map<String, JsonNode> files() throws IOException {
    if (files == null) {
      files = new HashMap<>();
      for (JsonNode file : api.list("/pulls/%d/files".formatted(number))) {
        files.put(file.path("filename").asText(), file);
      }
    }
    return files;
  }
}
