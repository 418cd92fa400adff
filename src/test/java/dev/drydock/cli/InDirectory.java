package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A directory to run the program in, and one for the directories of its runs. */
abstract class InDirectory {
  static final String SHOP = "create table orders (id bigint primary key, note text);\n";

  @TempDir Path directory;

  /** Where the directories of the runs are made; empty at the end of each test. */
  @TempDir Path temporary;

  @BeforeEach
  void theServerMayReachIt() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  final CommandLineRun run(String... arguments) {
    return run(Map.of("TMPDIR", temporary.toString()), arguments);
  }

  /** Lints files without git: one that is new, on others that are applied. */
  final CommandLineRun lint(String pending, String... applied) {
    List<String> arguments = new ArrayList<>(List.of("lint", pending));
    for (String file : applied) {
      arguments.addAll(List.of("--applied", file));
    }
    return run(arguments.toArray(String[]::new));
  }

  final CommandLineRun run(Map<String, String> changes, String... arguments) {
    return CommandLineRun.in(directory, false, changes, List.of(arguments));
  }

  final void write(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What is said of a pending migration that fails, on one line. */
  final String failureOf(String applied, String pending) {
    write("V1__shop.sql", applied);
    write("V2__more.sql", pending);
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    return run.out().replaceAll("\\s+", " ");
  }

  final ProcessBuilder program(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.drydock.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("DRYDOCK_CACHE", TestServers.installation().cache().toString());
    return builder;
  }
}
