package dev.drydock.engine.postgres;

import dev.drydock.replay.ReplayException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The servers of a test run: one for each major version, started when first asked for. */
public final class TestServers {
  private static final Map<Integer, PostgresEngine> RUNNING = new TreeMap<>();

  private TestServers() {}

  /** The shared server of that version; it stops with the JVM. */
  public static synchronized PostgresEngine shared(int major) {
    return RUNNING.computeIfAbsent(major, TestServers::start);
  }

  private static PostgresEngine start(int major) {
    try {
      PostgresEngine engine = PostgresEngine.startBundled(installation(), major, 1L << 30);
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
      return engine;
    } catch (ReplayException e) {
      throw new IllegalStateException(e.getMessage() + "; " + e.remedy(), e);
    }
  }

  /** The major versions the build has fetched. */
  public static List<Integer> majors() {
    try {
      return PostgresEngine.majors(installation());
    } catch (ReplayException e) {
      throw new IllegalStateException(e.getMessage() + "; " + e.remedy(), e);
    }
  }

  /** The installation the build prepares. */
  public static PostgresEngine.Installation installation() {
    Path target = Path.of("target");
    Path cache =
        Files.isWritable(Path.of("/var/cache"))
            ? Path.of("/var/cache/drydock")
            : target.resolve("cache");
    return new PostgresEngine.Installation(
        Optional.empty(),
        cache.toAbsolutePath(),
        List.of(
            target.resolve("drydock/postgresql").toAbsolutePath(),
            target.resolve("test-postgresql").toAbsolutePath()),
        PostgresEngine.platform(System.getProperty("os.name"), System.getProperty("os.arch")),
        Path.of(System.getProperty("java.io.tmpdir")));
  }
}
