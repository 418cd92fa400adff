package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What somebody who waits is told. */
class TerminalProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void nothingIsSaidOfAQuickRun() {
    try (TerminalProgress progress = TerminalProgress.on(err, true)) {
      progress.replaying(Path.of("V1__a.sql"), 1, 2);
    }

    assertThat(written()).isEmpty();
  }

  @Test
  void aLongMigrationIsToldAgainWithItsSecondsAndTakenAwayAtTheEnd() throws Exception {
    try (TerminalProgress progress = TerminalProgress.on(err, true)) {
      progress.replaying(Path.of("V1__dump.sql"), 1, 2);
      Thread.sleep(Duration.ofMillis(4500));
    }

    assertThat(written()).contains("replaying 1 of 2: V1__dump.sql (3 s)").endsWith("\r\u001b[K");
  }

  @Test
  void elsewhereThanOnATerminalALineIsWrittenEverySoOften() throws Exception {
    try (TerminalProgress progress = TerminalProgress.on(err, false)) {
      progress.replaying(Path.of("V1__dump.sql"), 1, 2);
      Thread.sleep(Duration.ofMillis(7500));
    }

    assertThat(written().lines())
        .hasSize(1)
        .allMatch(line -> line.matches("drydock: replaying 1 of 2: V1__dump.sql \\([567] s\\)"));
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
