package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.BundledServer;
import dev.drydock.engine.postgres.server.Directories;
import dev.drydock.engine.postgres.server.Launcher;
import dev.drydock.engine.postgres.server.ServerBinaries;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The servers of a test run: one for each major version, started when first asked for. */
public final class TestServers {
  /** A plan with limits that no test comes near. */
  public static final ReplayPlan PLAN =
      new ReplayPlan("", ZoneId.of("UTC"), Duration.ofSeconds(20), Duration.ofMinutes(5), 1L << 30);

  private static final Map<Integer, PostgresEngine> RUNNING = new TreeMap<>();

  private TestServers() {}

  /**
   * The shared server of that version; it stops with the JVM. One that was killed because nothing
   * else stopped what ran on it is followed by another.
   */
  public static synchronized PostgresEngine shared(int major) {
    return RUNNING.compute(
        major, (key, running) -> running != null && running.isAlive() ? running : start(key));
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

  /** The major versions the tests have binaries of. */
  public static List<Integer> majors() {
    try {
      return PostgresEngine.majors(everyMajor());
    } catch (ReplayException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static PostgresEngine.Installation everyMajor() {
    PostgresEngine.Installation usual = installation();
    List<Path> artifacts = new ArrayList<>(usual.artifacts());
    artifacts.add(Path.of("target/test-postgresql").toAbsolutePath());
    return new PostgresEngine.Installation(
        Optional.empty(),
        usual.cache(),
        artifacts,
        usual.platform(),
        usual.temporary(),
        usual.memory());
  }

  /**
   * A server as a user may have one: it listens on the loopback interface and holds nothing yet.
   *
   * @param url of its superuser
   */
  public record Listening(String url, Process process, Path directory) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      process.destroy();
      process.waitFor();
      Directories.delete(directory);
    }
  }

  /** Starts one; its superuser's password is {@code se cret}. */
  public static Listening listening(int major) throws Exception {
    PostgresEngine.Installation all = everyMajor();
    ServerBinaries binaries =
        ServerBinaries.find(
            new ServerBinaries.Places(
                Optional.empty(), all.cache(), all.artifacts(), all.platform()),
            major);
    Launcher launcher = Launcher.find();
    Path directory = Files.createTempDirectory("users-server-");
    launcher.give(directory);
    Path password = Files.writeString(directory.resolve("password"), "se cret\n");
    launcher.give(password);
    Path log = directory.resolve("log");
    List<String> initdb =
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + directory.resolve("data"),
            "--username=owner",
            "--auth=scram-sha-256",
            "--pwfile=" + password,
            "--no-sync");
    if (launcher.process(directory, log, initdb).start().waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process server =
        launcher
            .process(
                directory,
                log,
                List.of(
                    binaries.program("postgres").toString(),
                    "-D",
                    directory.resolve("data").toString(),
                    "-p",
                    String.valueOf(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "wal_level=logical",
                    "-c",
                    "max_prepared_transactions=2",
                    "-c",
                    "fsync=off"))
            .start();
    String url = "postgresql://owner:se%20cret@127.0.0.1:" + port + "/postgres";
    Listening listening = new Listening(url, server, directory);
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!Files.readString(log).contains("ready to accept connections")) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        listening.close();
        throw new IllegalStateException(Files.readString(log));
      }
      Thread.sleep(10);
    }
    return listening;
  }

  /**
   * The first column of what a client gets that runs SQL in a database of its own.
   *
   * @param before statements that are run first, each by itself
   * @param sql one or more statements, sent as psql would
   */
  public static List<String> answers(int major, List<String> before, String sql) throws Exception {
    PostgresEngine.Installation all = everyMajor();
    ServerBinaries.Places places =
        new ServerBinaries.Places(Optional.empty(), all.cache(), all.artifacts(), all.platform());
    try (BundledServer server = BundledServer.start(places, major, all.place(1L << 30), 1L << 30)) {
      String database = server.createDatabase("answers");
      try (Connection connection = server.connectMigrator(database);
          Statement statement = connection.createStatement()) {
        for (String one : before) {
          statement.execute(one);
        }
        List<String> answers = new ArrayList<>();
        boolean rows = statement.execute(sql);
        while (rows || statement.getUpdateCount() >= 0) {
          if (rows) {
            try (ResultSet result = statement.getResultSet()) {
              while (result.next()) {
                answers.add(result.getString(1));
              }
            }
          }
          rows = statement.getMoreResults();
        }
        return answers;
      }
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
        Path.of(System.getProperty("java.io.tmpdir")),
        Optional.of(Path.of("/dev/shm")));
  }
}
