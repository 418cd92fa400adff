package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;

/** A pull request that moves a git submodule in which migrations lie. */
class ActionSubmoduleTest extends OnActionScene {
  @Test
  void theWayOutThatIsToldLintsThem() throws Exception {
    try (GitRepository module = GitRepository.create(repository.origin().root().resolve("db"))) {
      String table = PullRequestRepository.ONE_MIGRATION.get("migrations/0001_init.up.sql");
      String before = module.write("V1__init.sql", table).commit("one").substring(0, 12);
      repository.moveBase("README.md", "with a submodule\n");
      repository.startOver();
      module.write("V2__index.sql", ActionScene.INDEX).commit("two");
      repository.push();

      ActionScene.Result around = scene.run(Map.of());
      ActionScene.Result named = scene.run(Map.of("INPUT_DIR", "db"));

      assertThat(around.status()).as(around.log()).isZero();
      assertThat(around.log().replaceAll("\\s+", " "))
          .contains(
              "db is a git submodule that the change moves to another commit; migrations in it were not looked at.",
              "with the inputs working-directory: db and base: " + before);
      assertThat(around.summary()).contains("db is a git submodule that the change moves");
      assertThat(named.status()).isEqualTo(2);
      assertThat(named.log()).contains("db is a git submodule; migrations in it are not looked at");

      Path workspace = repository.checkout();
      Git.cloneRepository()
          .setURI(module.root().toUri().toString())
          .setDirectory(workspace.resolve("db").toFile())
          .call()
          .close();
      ActionScene.Result within =
          scene.run(
              "pull_request",
              scene.pullRequest(),
              workspace,
              Map.of("INPUT_WORKING-DIRECTORY", "db", "INPUT_BASE", before));

      assertThat(within.status()).as(within.log()).isEqualTo(1);
      assertThat(within.log()).contains("V2__index.sql:1:14");
      assertThat(scene.summaries().getLast())
          .contains("`V2__index.sql:1`", "/docs/rules/")
          .as("the repository around it has neither the file nor the commit")
          .doesNotContain("/o/r/blob/");
      assertThat(gitHub.reviews).isEmpty();
      assertThat(gitHub.checks.getLast().path("head_sha").asText()).isEqualTo(repository.head());
      assertThat(gitHub.checks.getLast().at("/output/annotations")).isEmpty();

      ActionScene.Result pushed =
          scene.run(
              "push",
              ActionScene.payload().put("before", repository.base()).put("forced", false),
              workspace,
              Map.of(
                  "INPUT_WORKING-DIRECTORY",
                  "db",
                  "INPUT_BASE",
                  before,
                  "INPUT_SARIF-UPLOAD",
                  "true",
                  "GITHUB_SHA",
                  repository.merge()));

      assertThat(pushed.status()).as(pushed.log()).isEqualTo(1);
      assertThat(gitHub.checks.getLast().path("head_sha").asText()).isEqualTo(repository.merge());
      assertThat(pushed.log()).contains("they are in another repository, such as a submodule");
      assertThat(gitHub.uploads).isEmpty();
    }
  }
}
