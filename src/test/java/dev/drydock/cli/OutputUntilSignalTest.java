package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutputUntilSignalTest {
  /** A program that says something while it runs, and something while it ends. */
  static final class Talking {
    private Talking() {}

    public static void main(String[] unused) {
      PrintStream out =
          new PrintStream(new OutputUntilSignal(System.out), true, StandardCharsets.UTF_8);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> out.println("ending")));
      out.println("running");
    }
  }

  @Test
  void nothingIsSaidOnceTheProgramEnds() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Talking.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.strip()).isEqualTo("running");
  }
}
