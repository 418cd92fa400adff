package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;

/** A checkout of another repository than the one that the workflow runs in. */
class ActionElsewhereTest extends OnActionScene {
  @Test
  void whatIsCheckedOutOfAnotherRepositoryIsNotLinkedToInTheWorkflows() throws Exception {
    scene.write("0002_index", ActionScene.INDEX);
    String commit = repository.branch("topic");
    Path workspace = repository.checkout("topic", 5);
    for (String url : List.of("https://github.com/o/other", "git@github.com:o/other.git")) {
      origin(workspace, url);
      ActionScene.Result result =
          scene.run(
              "schedule",
              ActionScene.payload(),
              workspace,
              Map.of(
                  "GITHUB_SHA",
                  repository.base(),
                  "GITHUB_REF",
                  "refs/heads/main",
                  "INPUT_CHECK",
                  "false",
                  "INPUT_BASE",
                  commit + "~1"));
      assertThat(result.status()).as(result.log()).isEqualTo(1);
      assertThat(result.summary()).contains("0002_index.up.sql:1").doesNotContain("/o/r/blob/");
      assertThat(result.log())
          .contains("::error title=", "::migrations/0002_index.up.sql:1: ")
          .doesNotContain("::error file=");
    }
    origin(workspace, "https://x:y@github.com/O/R.git/");
    assertThat(
            scene
                .run(
                    "schedule",
                    ActionScene.payload(),
                    workspace,
                    Map.of("GITHUB_SHA", repository.base(), "INPUT_BASE", commit + "~1"))
                .summary())
        .contains("/o/r/blob/");
  }

  private static void origin(Path workspace, String url) throws Exception {
    try (Git git = Git.open(workspace.toFile())) {
      git.getRepository().getConfig().setString("remote", "origin", "url", url);
      git.getRepository().getConfig().save();
    }
  }
}
