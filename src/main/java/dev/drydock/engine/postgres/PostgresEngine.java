package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.BundledServer;
import dev.drydock.engine.postgres.server.MemoryDirectory;
import dev.drydock.engine.postgres.server.Resource;
import dev.drydock.engine.postgres.server.RunPlace;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.ServerAddress;
import dev.drydock.engine.postgres.server.ServerBinaries;
import dev.drydock.engine.postgres.server.UserServer;
import dev.drydock.replay.Engine;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL: the bundled server of a chosen major version, or a server the user runs. */
public final class PostgresEngine implements Engine {
  /** The major version used when none is asked for. */
  public static final int DEFAULT_MAJOR = 17;

  /** How long a replay of applied migrations must take for what it led to to be kept. */
  private static final Duration WORTH_KEEPING = Duration.ofMillis(500);

  private final Optional<BaseStates> states;
  private final AtomicInteger databases = new AtomicInteger();
  private volatile Server server;

  private PostgresEngine(Server server, Optional<BaseStates> states) {
    this.server = server;
    this.states = states;
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
     * Where the directory of a run is made that may not turn to another place.
     *
     * @param diskLimit bytes a replay may take
     */
    RunPlace place(long diskLimit) {
      return RunPlace.of(
          memory
              .filter(directory -> MemoryDirectory.hasRoom(directory, diskLimit))
              .orElse(temporary));
    }

    /** The same of one that may. */
    RunPlace firstPlace(long diskLimit) {
      return memory
          .filter(directory -> !MemoryDirectory.hasRoom(directory, diskLimit))
          .filter(directory -> MemoryDirectory.hasRoom(directory, MemoryDirectory.USUAL))
          .map(directory -> new RunPlace(directory, Optional.of(temporary)))
          .orElseGet(() -> place(diskLimit));
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
    return Resource.text("table-sizes.sql");
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
        BundledServer.start(installation.places(), major, installation.place(diskLimit), diskLimit),
        Optional.empty());
  }

  /**
   * The same, for an engine that begins with the room that most replays need where it is quicker,
   * and that can begin a history where an earlier run stood and keep for later ones what the
   * applied migrations led to.
   *
   * @param build what tells this build of Drydock from any other, which might replay otherwise;
   *     absent to do neither
   * @throws ReplayException as above
   */
  public static PostgresEngine startBundled(
      Installation installation, int major, long diskLimit, Optional<String> build)
      throws ReplayException {
    return start(
        installation,
        major,
        diskLimit,
        build.map(name -> new BaseStates(installation.cache(), name, WORTH_KEEPING)));
  }

  static PostgresEngine start(
      Installation installation, int major, long diskLimit, Optional<BaseStates> states)
      throws ReplayException {
    return new PostgresEngine(
        BundledServer.start(
            installation.places(), major, installation.firstPlace(diskLimit), diskLimit),
        states);
  }

  /**
   * Uses a server of the user's, in databases that are made for the run and dropped after it.
   *
   * @throws ReplayException when it cannot be reached or its user is no superuser
   */
  public static PostgresEngine connect(ServerAddress address) throws ReplayException {
    return new PostgresEngine(UserServer.connect(address), Optional.empty());
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
  public Replay open(ReplayPlan plan, List<String> base) throws ReplayException {
    int number = databases.incrementAndGet();
    String name = "drydock_" + number;
    // A cluster is kept whole, with its roles: it can be that of the first history alone.
    if (number == 1
        && !base.isEmpty()
        && states.isPresent()
        && server instanceof BundledServer fresh) {
      BaseStates kept = states.get();
      BaseStates.Way way = kept.way(fresh, plan, base);
      Optional<BaseStates.Kept> begun = kept.furthest(way).filter(state -> beginAt(state, fresh));
      long start = System.nanoTime();
      PostgresReplay.Keeping keeping =
          repairs ->
              kept.keep(
                  (BundledServer) server,
                  way.end(),
                  Duration.ofNanos(System.nanoTime() - start),
                  repairs);
      return PostgresReplay.open(server, plan, name, begun, Optional.of(keeping));
    }
    return PostgresReplay.open(server, plan, name, Optional.empty(), Optional.empty());
  }

  /** Puts a server on a copy of {@code state} in the place of {@code fresh}. */
  private boolean beginAt(BaseStates.Kept state, BundledServer fresh) {
    BaseStates all = states.orElseThrow();
    BundledServer copied;
    try {
      copied = fresh.another(state.cluster());
    } catch (ReplayException e) {
      // Another run removed it, or it is broken: the run goes the whole way.
      all.forget(state);
      return false;
    }
    boolean whole = all.isStillThere(state);
    server = whole ? copied : fresh;
    BundledServer needless = whole ? fresh : copied;
    // It takes a moment that nobody has to wait for; should the program end first, its hook does
    // it.
    Thread.ofPlatform().name("drydock-needless-server").daemon().start(needless::close);
    return whole;
  }

  @Override
  public boolean ranOut() {
    return server instanceof BundledServer own && own.ranOut();
  }

  @Override
  public void makeRoom() throws ReplayException {
    if (server instanceof BundledServer own) {
      server = own.withRoom();
      own.close();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
