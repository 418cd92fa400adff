package dev.drydock.engine.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryDirectoryTest {
  @TempDir private Path directory;

  @Test
  void whatIsFreeIsTheMachinesMemoryUnlessTheContainerMayUseLess() throws IOException {
    Path machine = file("meminfo", "MemTotal:  8000000 kB\nMemAvailable:  4000000 kB\n");

    assertThat(MemoryDirectory.available(machine, file("max", "max\n"))).isEqualTo(4096000000L);
    assertThat(MemoryDirectory.available(machine, file("less", "1000000\n"))).isEqualTo(1000000);
    assertThat(MemoryDirectory.available(machine, directory.resolve("none")))
        .isEqualTo(4096000000L);
  }

  @Test
  void aSystemThatDoesNotSayHasNone() throws IOException {
    assertThat(MemoryDirectory.available(directory.resolve("none"), directory.resolve("none")))
        .isZero();
    assertThat(MemoryDirectory.available(file("old", "MemFree: 10 kB\n"), directory)).isZero();
  }

  @Test
  void aDirectoryThatIsNotThereOrTooSmallIsNotUsed() {
    assertThat(MemoryDirectory.hasRoom(directory.resolve("none"), 1)).isFalse();
    assertThat(MemoryDirectory.hasRoom(directory, Long.MAX_VALUE / 4)).isFalse();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
