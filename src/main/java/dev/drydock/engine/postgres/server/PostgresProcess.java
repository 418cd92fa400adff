package dev.drydock.engine.postgres.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server process on a data directory of its own, reachable over a unix socket alone.
 */
final class PostgresProcess implements AutoCloseable {
  private static final int PORT = 5432;
  private static final int READY_LINE = 8;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final int LAST_BYTES = 1 << 16;
  private static final Pattern END = Pattern.compile("\\] PANIC:  (.{1,500})");

  /** The database is thrown away, so nothing has to survive a crash. */
  private static final List<String> SETTINGS =
      List.of(
          "fsync=off",
          "synchronous_commit=off",
          "full_page_writes=off",
          // What crashed cannot be gone on with, and a run that lost its session waits for the end
          // to learn why.
          "restart_after_crash=off",
          // Publications and replication slots in a migration need it.
          "wal_level=logical",
          // Its activity would show among the locks.
          "autovacuum=off",
          // The next is taken times the number of sessions, and the table of that many locks is
          // written at the start, which takes longer than all the rest of it: so few sessions, and
          // twice the locks of a server with the usual settings.
          "max_connections=12",
          "autovacuum_max_workers=1",
          "max_wal_senders=0",
          "max_worker_processes=2",
          // Without it, a process is started that looks for subscriptions to serve.
          "max_logical_replication_workers=0",
          "max_locks_per_transaction=1024",
          "max_parallel_workers_per_gather=0",
          "max_parallel_maintenance_workers=0",
          // As is the default: a transaction that outlives its session would hold its locks for
          // good.
          "max_prepared_transactions=0",
          "shared_buffers=64MB",
          "jit=off",
          "checkpoint_timeout=1h",
          "max_wal_size=1GB",
          // A new file of the log is not written full of zeros first, and an old one not kept for
          // later: the seed is copied with all it holds.
          "wal_init_zero=off",
          "wal_recycle=off",
          "track_counts=on",
          "timezone=UTC",
          "log_timezone=UTC",
          "dynamic_shared_memory_type=mmap",
          "bgwriter_lru_maxpages=0",
          "logging_collector=off",
          "listen_addresses=");

  private final Process process;
  private final Path pidFile;
  private final Path socketDirectory;
  private final Path log;

  private PostgresProcess(Process process, Path pidFile, Path socketDirectory, Path log) {
    this.process = process;
    this.pidFile = pidFile;
    this.socketDirectory = socketDirectory;
    this.log = log;
  }

  /**
   * Starts a server on a data directory that is there; it takes connections once {@link
   * #awaitReady()} has returned.
   *
   * @param fileLimit bytes a single file of the database may have
   */
  static PostgresProcess spawn(
      ServerBinaries binaries, Path data, Path socketDirectory, Launcher launcher, long fileLimit)
      throws IOException {
    return spawn("", List.of(), binaries, data, socketDirectory, launcher, fileLimit);
  }

  /**
   * The same on a copy of {@code seed}, which the server's user makes, so that it owns the files.
   */
  static PostgresProcess spawnOnCopy(
      Path seed,
      ServerBinaries binaries,
      Path data,
      Path socketDirectory,
      Launcher launcher,
      long fileLimit)
      throws IOException {
    // The log is on the same disk: when that is full, the words need room to be kept.
    String copying =
        "words=$(cp -R \"$1\" \"$2\" 2>&1) || { rm -rf \"$2\"; printf '%s\\n' \"$words\" | head -n 1 >&2; exit 1; }; "
            + "shift 2; ";
    List<String> operands = List.of(seed.toString(), data.toString());
    return spawn(copying, operands, binaries, data, socketDirectory, launcher, fileLimit);
  }

  private static PostgresProcess spawn(
      String preparation,
      List<String> operands,
      ServerBinaries binaries,
      Path data,
      Path socketDirectory,
      Launcher launcher,
      long fileLimit)
      throws IOException {
    Path log = socketDirectory.resolve("log");
    List<String> command = new ArrayList<>();
    // A flooded table and a memory bomb of a hostile migration end as errors of their statement.
    command.addAll(
        List.of(
            "/bin/sh",
            "-c",
            "ulimit -c 0; ulimit -f %d; ulimit -v 4000000 2>/dev/null; %sexec \"$@\""
                .formatted(fileLimit / 512, preparation),
            "sh"));
    command.addAll(operands);
    command.addAll(
        List.of(
            binaries.program("postgres").toString(),
            "-D",
            data.toString(),
            "-k",
            socketDirectory.toString(),
            "-p",
            String.valueOf(PORT)));
    for (String setting : SETTINGS) {
      command.add("-c");
      command.add(setting);
    }
    Process process = launcher.process(data.getParent(), log, command).start();
    return new PostgresProcess(process, data.resolve("postmaster.pid"), socketDirectory, log);
  }

  /**
   * Waits until the server has written {@code ready} into the eighth line of its pid file, which
   * needs no loop of connections.
   *
   * @throws IOException when it does not come up; the message holds what the server logged
   */
  void awaitReady() throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      if (!process.isAlive()) {
        throw new IOException("the server did not start: " + lastLines());
      }
      try {
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() >= READY_LINE && lines.get(READY_LINE - 1).strip().equals("ready")) {
          return;
        }
      } catch (NoSuchFileException e) {
        // Not written yet.
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("the server was not ready after a minute: " + lastLines());
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the server started", e);
    }
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  /** The last thing it complained about before it ended; empty when there is none. */
  String lastWords() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - LAST_BYTES));
      byte[] bytes = new byte[LAST_BYTES];
      int count = Math.max(0, file.read(bytes));
      return new String(bytes, 0, count, StandardCharsets.UTF_8)
          .lines()
          .map(END::matcher)
          .filter(Matcher::find)
          .map(line -> line.group(1))
          .reduce("", (earlier, later) -> later);
    } catch (IOException e) {
      return "";
    }
  }

  Path socketDirectory() {
    return socketDirectory;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Connects to a database of this server.
   *
   * @param queryMode {@code simple} to send statements as psql does, {@code extended} for prepared
   *     ones
   */
  Connection connect(String database, String user, String queryMode) throws SQLException {
    return connect(database, user, queryMode, "");
  }

  /**
   * @param options of the session, as the server's command line takes them; may be empty
   */
  Connection connect(String database, String user, String queryMode, String options)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("options", options);
    properties.setProperty("user", user);
    properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
    properties.setProperty(
        "socketFactoryArg", socketDirectory.resolve(".s.PGSQL." + PORT).toString());
    return PostgresConnections.open("localhost:" + PORT, database, properties, queryMode);
  }

  /**
   * Sends a signal by its name and waits for the end; what is still there after {@code limit} is
   * killed.
   */
  void stop(String signal, Duration limit) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> backends = process.descendants().toList();
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      // Those that a killed server leaves, and the copying when there is no server yet.
      backends.forEach(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      backends.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    } catch (InterruptedException e) {
      backends.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Stops at once: what is in it is thrown away. */
  @Override
  public void close() {
    stop("QUIT", Duration.ofSeconds(5));
  }
}
