package dev.drydock.engine.postgres.server;

import dev.drydock.replay.ReplayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL that is installed on this machine for Drydock alone, as in its image.
 *
 * @param binaries its programs
 * @param extensions the directory of its extensions
 */
record InstalledServer(ServerBinaries binaries, Path extensions) {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+\\.\\d+)");

  /**
   * The server in {@code home}.
   *
   * @throws ReplayException when there is none
   */
  static InstalledServer at(Path home) throws ReplayException {
    Path program = home.resolve("bin/postgres");
    if (!Files.isExecutable(program) || !Files.isExecutable(home.resolve("bin/initdb"))) {
      throw unusable(home, "there is no bin/postgres or no bin/initdb in it");
    }
    try {
      String version = version(program);
      ServerBinaries binaries = new ServerBinaries(home, version);
      // As PostgreSQL lays itself out in a directory of its own, and as Debian spreads it.
      return List.of(
              home.resolve("share/postgresql/extension"),
              home.resolve("share/extension"),
              home.resolve("../../../share/postgresql/" + binaries.major() + "/extension"))
          .stream()
          .filter(directory -> Files.exists(directory.resolve("plpgsql.control")))
          .findFirst()
          .map(directory -> new InstalledServer(binaries, directory.normalize()))
          .orElseThrow(() -> unusable(home, "its share directory is not where it should be"));
    } catch (IOException e) {
      throw unusable(home, e.getMessage());
    }
  }

  /**
   * Puts the stand-ins for extensions beside the real ones, once.
   *
   * @throws ReplayException when they cannot be written
   */
  void prepare(Path cache) throws ReplayException {
    Path done = extensions.resolve("drydock-" + ExtensionStubs.fingerprint());
    if (Files.exists(done)) {
      return;
    }
    try (CacheLock unused = CacheLock.acquire(cache)) {
      ExtensionStubs.install(extensions);
      Files.writeString(done, "");
    } catch (IOException e) {
      throw new ReplayException(
          "the stand-ins for extensions could not be written to %s: %s"
              .formatted(extensions, e.getMessage()),
          Optional.empty(),
          "run Drydock as a user who may write there, or unset DRYDOCK_POSTGRES",
          e);
    }
  }

  private static String version(Path program) throws IOException {
    Process process =
        new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it told its version", e);
    }
    Matcher version = VERSION.matcher(answer);
    if (!version.find()) {
      throw new IOException("asked for its version, it said: " + answer);
    }
    return version.group(1);
  }

  private static ReplayException unusable(Path home, String reason) {
    return new ReplayException(
        "DRYDOCK_POSTGRES names %s, where no usable PostgreSQL is: %s".formatted(home, reason),
        "let it name the directory that holds bin/postgres, or unset it to use the bundled server");
  }
}
