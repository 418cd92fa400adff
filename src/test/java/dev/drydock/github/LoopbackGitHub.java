package dev.drydock.github;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The fake GitHub as a program, for what is no Java: {@code LoopbackGitHub REPOSITORY BASE HEAD
 * [read-only]} prints its address and the token it takes, and serves until it is killed. What it
 * was told is at {@code /recorded}.
 */
final class LoopbackGitHub {
  private LoopbackGitHub() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try (Repository repository =
            new FileRepositoryBuilder().setGitDir(Path.of(args[0]).toFile()).build();
        FakeGitHub gitHub = new FakeGitHub(repository, "")) {
      gitHub.base = args[1];
      gitHub.head = args[2];
      if (args.length > 3) {
        for (String method : new String[] {"POST /repos", "PATCH", "DELETE", "PUT"}) {
          gitHub.refuse(method, 403);
        }
      }
      System.out.println(gitHub.url() + " " + FakeGitHub.TOKEN);
      System.out.flush();
      Thread.currentThread().join();
    }
  }
}
