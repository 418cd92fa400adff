package dev.drydock.engine.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
  private static final Launcher SAME_USER = new Launcher(List.of());

  /** Says whether another process could lock the file, and so would take its run for dead. */
  private static final String TRY_LOCK =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;

      class TryLock {
        public static void main(String[] files) throws Exception {
          try (var channel = FileChannel.open(Path.of(files[0]), StandardOpenOption.WRITE)) {
            System.out.print(channel.tryLock() == null ? "held" : "free");
          }
        }
      }
      """;

  @Test
  void aRunStaysLockedWhileAnotherOfTheSameProcessBegins(@TempDir Path temporary) throws Exception {
    try (Directories.Run first = Directories.create(temporary, SAME_USER);
        Directories.Run second = Directories.create(temporary, SAME_USER)) {
      assertThat(seenFromAnotherProcess(first.path().resolve("owner"), temporary))
          .isEqualTo("held");
      assertThat(second.path()).exists();
    }
  }

  @Test
  void whatAKilledRunLeftGoesAway(@TempDir Path temporary) throws Exception {
    Path left = Files.createDirectories(temporary.resolve("drydock-run-1/data"));
    Files.writeString(left.resolveSibling("owner"), "");
    try (Directories.Run run = Directories.create(temporary, SAME_USER)) {
      assertThat(left.getParent()).doesNotExist();
      assertThat(run.path()).exists();
    }
  }

  @Test
  void aProcessThatGotTheIdOfADeadServerLives(@TempDir Path temporary) throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Path left = Files.createDirectories(temporary.resolve("drydock-run-1/data"));
      Files.writeString(left.resolveSibling("owner"), "");
      Files.writeString(left.resolve("postmaster.pid"), stranger.pid() + "\n");
      Directories.create(temporary, SAME_USER).close();
      assertThat(left).doesNotExist();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void theServerOfAKilledRunIsStopped(@TempDir Path temporary) throws Exception {
    Path left = Files.createDirectories(temporary.resolve("drydock-run-1/data"));
    Process orphan =
        new ProcessBuilder("sh", "-c", "sleep 60; :", "sh", "-D", left.toString()).start();
    try {
      Files.writeString(left.resolveSibling("owner"), "");
      Files.writeString(left.resolve("postmaster.pid"), orphan.pid() + "\n");
      Directories.create(temporary, SAME_USER).close();
      assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
    } finally {
      orphan.destroyForcibly();
    }
  }

  /**
   * Most often it has gone between two looks at it. Here its path, with the link followed, is
   * longer than the system takes.
   */
  @Test
  void aRunThatCannotBeLookedAtIsPassedOver(@TempDir Path temporary) throws Exception {
    String head = "deep" + ("/" + "d".repeat(200)).repeat(15);
    String tail = ("d".repeat(200) + "/").repeat(4);
    String last = "d".repeat(4080 - (head + "/joined/" + tail).length());
    Path apart = temporary.resolve("apart");
    Files.createDirectories(apart.resolve(tail + last));
    Files.writeString(apart.resolve(tail + last + "/owner"), "");
    Path joined = Files.createDirectories(temporary.resolve(head)).resolve("joined");
    Files.move(apart, joined);
    Files.createSymbolicLink(
        temporary.resolve("drydock-run-1"), Path.of(head, "joined", tail, last));
    try {
      assertThat(temporary.resolve("drydock-run-1/owner")).isWritable();
      Directories.create(temporary, SAME_USER).close();
    } finally {
      Files.move(joined, apart);
    }
  }

  private static String seenFromAnotherProcess(Path file, Path temporary)
      throws IOException, InterruptedException {
    Path source = Files.writeString(temporary.resolve("TryLock.java"), TRY_LOCK);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                source.toString(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return answer;
  }
}
