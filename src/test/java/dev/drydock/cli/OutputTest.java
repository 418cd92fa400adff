package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drydock.source.GitRepository;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was not written was not said. */
@Timeout(300)
class OutputTest extends InDirectory {
  private static final String INCOMPLETE =
      "drydock: standard output could not be written, and is not complete: make room where it goes, and run it again\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules",
        "explain table-rewrite",
        "stats",
        "--help",
        "lint --help",
        "--version",
        ""
      })
  void aFullStandardOutputIsNoSuccess(String command) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int unused) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    // As the real one, a stream around a stream that keeps the failure to itself.
    PrintStream system = new PrintStream(full);
    Environment environment =
        new Environment(
            directory,
            Map.of(),
            Map.of(),
            new PrintStream(system, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    String[] arguments = command.isEmpty() ? new String[0] : command.split(" ");

    assertThat(new Drydock(environment).run(arguments)).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(INCOMPLETE);
  }

  @Test
  void aReportThatDidNotArriveIsNoVerdict() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "only Linux has it");
    write("V1__shop.sql", SHOP);
    File log = temporary.resolveSibling(temporary.getFileName() + ".log").toFile();
    Process process =
        program("lint", "V1__shop.sql")
            .redirectErrorStream(false)
            .redirectOutput(full)
            .redirectError(log)
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(log.toPath())).endsWith(INCOMPLETE);
      assertThat(process.exitValue()).isEqualTo(3);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(log.toPath());
    }
  }

  @Test
  void aLinkInACheckoutMakesWayForTheReport() throws Exception {
    try (GitRepository repository = GitRepository.create(directory)) {
      Path precious = Files.writeString(temporary.resolve("precious"), "keep me\n");
      repository.link("drydock.json", precious.toString());
      write("V1__shop.sql", SHOP);

      CommandLineRun run =
          run("lint", "V1__shop.sql", "--format", "json", "--output", "drydock.json");

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(precious).hasContent("keep me\n");
      assertThat(directory.resolve("drydock.json"))
          .isRegularFile()
          .content()
          .contains("\"findings\"");
      assertThat(Files.isSymbolicLink(directory.resolve("drydock.json"))).isFalse();
      Files.delete(precious);
    }
  }

  @Test
  void aLinkOutsideOfACheckoutIsTheUsersOwnAndIsFollowed() throws Exception {
    write("V1__shop.sql", SHOP);
    write("kept/there.json", "old");
    Path link = Files.createSymbolicLink(directory.resolve("a.json"), Path.of("kept/there.json"));

    CommandLineRun run = run("lint", "V1__shop.sql", "--report", "json=a.json");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(directory.resolve("kept/there.json")).content().contains("\"findings\"");
  }

  @Test
  void standardOutputByItsNameIsStandardOutput() throws Exception {
    assumeTrue(Files.isSymbolicLink(Path.of("/dev/stdout")), "only Unix has it");
    try (GitRepository unused = GitRepository.create(directory)) {
      write("V1__shop.sql", SHOP);
      Process process = program("lint", "V1__shop.sql", "--output", "/dev/stdout").start();
      String piped = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(piped).contains("passed: no findings in 1 pending migration");
      assertThat(Files.isSymbolicLink(Path.of("/dev/stdout"))).isTrue();
    }
  }

  @Test
  void aFormatMayBeWrittenTwice() {
    write("V1__shop.sql", SHOP);

    CommandLineRun run =
        run("lint", "V1__shop.sql", "--report", "json=a.json", "--report", "json=sub/b.json");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(List.of(directory.resolve("a.json"), directory.resolve("sub/b.json")))
        .allSatisfy(file -> assertThat(file).content().contains("\"findings\""));
  }
}
