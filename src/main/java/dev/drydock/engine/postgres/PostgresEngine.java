package dev.drydock.engine.postgres;

import dev.drydock.replay.Engine;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL: the bundled server of a chosen major version, or a server the user runs. */
public final class PostgresEngine implements Engine {
  /** The major version used when none is asked for. */
  public static final int DEFAULT_MAJOR = 17;

  private final Server server;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresEngine(Server server) {
    this.server = server;
  }

  /**
   * Where the bundled server comes from and runs.
   *
   * @param installed directory of a server that is installed here for Drydock and taken for its
   *     major version, e.g. {@code /usr/lib/postgresql/17}
   * @param cache directory that belongs to Drydock, kept from run to run
   * @param artifacts directories with server binaries as {@code io.zonky.test.postgres} publishes
   *     them
   * @param platform the artifact's word for operating system and processor, e.g. {@code
   *     linux-amd64}
   * @param temporary where the directory of a run is made
   * @param memory a directory whose files are held in memory, taken instead when there is room
   */
  public record Installation(
      Optional<Path> installed,
      Path cache,
      List<Path> artifacts,
      String platform,
      Path temporary,
      Optional<Path> memory) {
    public Installation {
      Objects.requireNonNull(installed);
      Objects.requireNonNull(cache);
      artifacts = List.copyOf(artifacts);
      Objects.requireNonNull(platform);
      Objects.requireNonNull(temporary);
      Objects.requireNonNull(memory);
    }

    private ServerBinaries.Places places() {
      return new ServerBinaries.Places(installed, cache, artifacts, platform);
    }

    /**
     * Where the directory of a run is made.
     *
     * @param diskLimit bytes a replay may take
     */
    Path place(long diskLimit) {
      return memory
          .filter(directory -> MemoryDirectory.hasRoom(directory, diskLimit))
          .orElse(temporary);
    }
  }

  /**
   * The artifacts' word for this machine.
   *
   * @param os the value of {@code os.name}
   * @param processor the value of {@code os.arch}
   */
  public static String platform(String os, String processor) {
    String system =
        os.startsWith("Mac") ? "darwin" : os.startsWith("Windows") ? "windows" : "linux";
    String architecture =
        processor.equals("aarch64") || processor.equals("arm64") ? "arm64v8" : "amd64";
    return system + "-" + architecture;
  }

  /**
   * The major versions whose binaries are at hand, ascending.
   *
   * @throws ReplayException when the installed server is not usable
   */
  public static List<Integer> majors(Installation installation) throws ReplayException {
    return ServerBinaries.majors(installation.places());
  }

  /**
   * The query that asks a production server how large its tables are, as SQL for psql. What it
   * prints is the file that {@code table-sizes} in the configuration means.
   */
  public static String tableSizesQuery() {
    return SeedCluster.resource("table-sizes.sql");
  }

  /**
   * Starts a server of our own.
   *
   * @param diskLimit bytes a replay may take on disk
   * @throws ReplayException when there are no binaries for this platform, or it does not come up
   */
  public static PostgresEngine startBundled(Installation installation, int major, long diskLimit)
      throws ReplayException {
    return new PostgresEngine(
        BundledServer.start(
            installation.places(), major, installation.place(diskLimit), diskLimit));
  }

  /**
   * Uses a server of the user's, in databases that are made for the run and dropped after it.
   *
   * @param url {@code postgresql://user:password@host:port/database}
   * @throws ReplayException when it cannot be reached or its user is no superuser
   */
  public static PostgresEngine connect(String url) throws ReplayException {
    return new PostgresEngine(UserServer.connect(url));
  }

  /** Whether its server still runs; what nothing else stops is stopped with it. */
  boolean isAlive() {
    return server.isAlive();
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String version() {
    return server.version();
  }

  @Override
  public Replay open(ReplayPlan plan) throws ReplayException {
    return PostgresReplay.open(server, plan, "drydock_" + databases.incrementAndGet());
  }

  @Override
  public void close() {
    server.close();
  }
}
