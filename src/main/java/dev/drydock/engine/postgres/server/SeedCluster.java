package dev.drydock.engine.postgres.server;

import dev.drydock.replay.ReplayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A prepared database cluster, made once for each server version and copied for each run: initdb
 * takes half a second, the copy a twentieth of that.
 */
public final class SeedCluster {
  /**
   * The superuser of the cluster. Migrations run as {@link #MIGRATOR}, which a dump's {@code OWNER
   * TO} then finds.
   */
  static final String ADMIN = "drydock_root";

  static final String MIGRATOR = "postgres";

  /** A database that is there already: making one takes a tenth of a second. */
  static final String DATABASE = "drydock_1";

  /** SQL that puts the observer into a database. */
  static final String OBSERVER = Resource.text("observer.sql");

  /** The observer's event triggers. */
  public static final List<String> EVENT_TRIGGERS =
      List.of(
          "drydock_before_extension",
          "drydock_command_start",
          "drydock_command_end",
          "drydock_drop",
          "drydock_rewrite");

  /** What turns a fresh cluster into the seed, run in template1 after the observer. */
  private static final List<String> PREPARATION =
      List.of(
          "create role " + MIGRATOR + " superuser login createrole createdb",
          // A dump comments on plpgsql and hands the public schema around: both need ownership.
          "update pg_extension set extowner = '"
              + MIGRATOR
              + "'::regrole where extname = 'plpgsql'",
          "alter schema public owner to " + MIGRATOR,
          // Before 16 whoever may create roles may give himself any but a superuser's; these would
          // let a migration read, write and run what lies around the server.
          "update pg_authid set rolsuper = true where rolname in ('pg_read_server_files',"
              + " 'pg_write_server_files', 'pg_execute_server_program')",
          // What an owner may do on most servers that are managed, and what harms nobody.
          """
          do $$
          begin
            if current_setting('server_version_num')::int >= 150000 then
              execute 'grant set on parameter session_replication_role, deadlock_timeout, log_statement,
                log_min_duration_statement to postgres';
            end if;
            if current_setting('server_version_num')::int >= 160000 then
              execute $q$alter role postgres set createrole_self_grant = 'set, inherit'$q$;
              execute 'grant pg_read_all_data, pg_write_all_data, pg_monitor, pg_read_all_settings,
                pg_read_all_stats, pg_stat_scan_tables to postgres with admin option';
            end if;
          end $$
          """,
          "drop database postgres",
          "update pg_database set datistemplate = false where datname = 'template0'",
          "drop database template0",
          "vacuum full",
          "create database " + DATABASE + " owner " + MIGRATOR,
          "checkpoint");

  private static final String NAME_REMEDY =
      "run Drydock as a user that has a name (an entry in /etc/passwd), or as root";

  private SeedCluster() {}

  /**
   * The directory of the seed for these binaries, made on first use.
   *
   * @throws ReplayException when it cannot be made
   */
  static Path find(ServerBinaries binaries, Path cache, Launcher launcher) throws ReplayException {
    Path seed = cache.resolve("seed-" + binaries.version() + "-" + fingerprint());
    try (CacheLock unused = CacheLock.acquire(cache)) {
      if (!Files.isDirectory(seed)) {
        Optional<Path> barred = launcher.barred(cache);
        if (barred.isPresent()) {
          throw new ReplayException(
              "Drydock runs as root and PostgreSQL as another user, who may not enter %s, where its files are"
                  .formatted(barred.get()),
              "let others enter it (chmod o+x), or name another cache directory with DRYDOCK_CACHE");
        }
        Path making = CacheEntries.begin(cache);
        launcher.give(making);
        try {
          make(binaries, making, launcher);
          launcher.seal(making.resolve("data"));
          Files.move(making.resolve("data"), seed);
        } finally {
          Directories.delete(making);
        }
      }
      CacheEntries.use(seed);
      return seed;
    } catch (IOException | SQLException e) {
      throw new ReplayException(
          "the PostgreSQL %s cluster that runs are copied from could not be made in %s: %s"
              .formatted(binaries.version(), cache, CacheEntries.reason(e)),
          Optional.empty(),
          nameless(e) ? NAME_REMEDY : CacheEntries.REMEDY,
          e);
    }
  }

  /**
   * initdb wants to know what its user is called, though it is told what the superuser is to be.
   */
  private static boolean nameless(Exception failure) {
    return String.valueOf(failure.getMessage()).contains("could not look up effective user ID");
  }

  private static void make(ServerBinaries binaries, Path directory, Launcher launcher)
      throws IOException, SQLException, ReplayException {
    Path data = directory.resolve("data");
    Path log = directory.resolve("initdb.log");
    Process initdb =
        launcher
            .process(
                directory,
                log,
                List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + data,
                    "--username=" + ADMIN,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                    "--wal-segsize=1"))
            .start();
    if (!finished(initdb) || initdb.exitValue() != 0) {
      initdb.destroyForcibly();
      throw new IOException("initdb failed: " + Files.readString(log).strip());
    }
    Path sockets = Directories.socketDirectory(directory, launcher);
    try (PostgresProcess server =
        PostgresProcess.spawn(binaries, data, sockets, launcher, 1L << 30)) {
      server.awaitReady();
      prepare(server);
      // A clean stop: the copy must not have to recover from the log.
      server.stop("INT", Duration.ofSeconds(30));
    }
    try (Stream<Path> leftovers =
        Stream.of(data.resolve("postmaster.opts"), data.resolve("postmaster.pid"))) {
      for (Path leftover : leftovers.toList()) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  private static void prepare(PostgresProcess server) throws SQLException {
    try (Connection connection = server.connect("template1", ADMIN, "extended");
        Statement statement = connection.createStatement()) {
      statement.execute(OBSERVER);
      silence(statement);
      for (String sql : PREPARATION) {
        statement.execute(sql);
      }
    }
  }

  /** Nothing is reported before somebody listens. */
  static void silence(Statement statement) throws SQLException {
    for (String trigger : EVENT_TRIGGERS) {
      statement.execute("alter event trigger " + trigger + " disable");
    }
  }

  private static boolean finished(Process process) throws IOException {
    try {
      return process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while initdb ran", e);
    }
  }

  /** Changes whenever what goes into the seed does. */
  private static String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(OBSERVER.getBytes(StandardCharsets.UTF_8));
      digest.update(PREPARATION.toString().getBytes(StandardCharsets.UTF_8));
      // That the server's user may not write to it.
      digest.update("sealed".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
