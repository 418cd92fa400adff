package dev.drydock.github;

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
}
