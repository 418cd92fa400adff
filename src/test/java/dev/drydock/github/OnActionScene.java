package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a scene of its own, which is closed, and thereby checked, after it. */
abstract class OnActionScene {
  @TempDir Path directory;
  ActionScene scene;
  PullRequestRepository repository;
  FakeGitHub gitHub;

  @BeforeEach
  void start() {
    scene = new ActionScene(directory);
    repository = scene.repository;
    gitHub = scene.gitHub;
  }

  @AfterEach
  void everyRequestAndAnswerIsAsGitHubDescribesThem() {
    scene.close();
  }

  /** The one comment on lines that stands. */
  final ObjectNode only() {
    assertThat(gitHub.reviewComments).hasSize(1);
    return gitHub.reviewComments.getFirst();
  }

  final String body() {
    return only().path("body").asText();
  }

  /** Somebody answers that comment. */
  final void reply() {
    gitHub.addReviewComment(
        new ObjectMapper()
            .createObjectNode()
            .put("body", "why?")
            .put("in_reply_to_id", only().path("id").asLong()),
        "somebody");
  }
}
