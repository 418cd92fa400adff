package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, in a process of its own: with all it needs, and nothing but it. */
class PackagedProgramIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @TempDir private Path directory;
  @TempDir private Path cache;
  @TempDir private Path temporary;

  @Test
  void lintsTheExampleOnAMachineThatNeverRanIt() throws Exception {
    // The server, which is another user's when this is root, has to get through to them.
    for (Path path : new Path[] {cache, temporary}) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path migration = directory.resolve("V3__orders_by_customer.sql");
    Files.copy(PROJECT.resolve("examples/shop/pending/V3__orders_by_customer.sql"), migration);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            PROJECT.resolve("target/drydock/drydock.jar").toString(),
            "lint",
            migration.getFileName().toString(),
            "--applied",
            PROJECT.resolve("examples/shop/applied").toString(),
            "--report",
            "sarif=drydock.sarif");
    builder.directory(directory.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("DRYDOCK_CACHE", cache.toString());
    builder.environment().remove("DRYDOCK_POSTGRES");
    Process program = builder.start();
    try {
      assertThat(program.waitFor(3, TimeUnit.MINUTES)).isTrue();
    } finally {
      program.destroyForcibly();
    }

    String said = Files.readString(err);
    assertThat(Files.readString(out))
        .contains("error[blocking-index-build]", "failed: 1 error")
        // The version is in the manifest, and the rules are in the jar.
        .containsPattern("drydock \\d+\\.\\d+\\.\\d+");
    assertThat(program.exitValue()).as(said).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("drydock.sarif")))
        .contains("\"version\": \"2.1.0\"", "\"ruleId\": \"blocking-index-build\"");
    assertThat(said.lines().filter(line -> line.startsWith("drydock: ")))
        .allMatch(line -> line.startsWith("drydock: replaying "));
    assertThat(temporary).isEmptyDirectory();
  }
}
