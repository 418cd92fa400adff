package dev.drydock.engine.postgres.server;

import dev.drydock.replay.ReplayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A server of our own, started from a copy of the seed cluster in a directory that goes away with
 * it.
 */
public final class BundledServer implements Server {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** With less than these bytes left, a statement may have done without what it wanted to write. */
  private static final long RESERVE = 8L << 20;

  private final ServerBinaries binaries;
  private final Launcher launcher;
  private final Path seed;
  private final RunPlace place;
  private final long diskLimit;
  private final Directories.Run directory;
  private final Thread hook;

  /** Databases nobody needs any more, dropped before the next one is made. */
  private final Set<String> abandoned = new TreeSet<>();

  /** Whether nobody has taken the database that comes with the seed. */
  private boolean seedDatabaseIsFree = true;

  /** The first connection is made while the caller has other things to do: it takes a while. */
  private Optional<Connection> first = Optional.empty();

  private Optional<Connection> control = Optional.empty();

  private volatile PostgresProcess process;
  private volatile boolean lacked;

  private BundledServer(
      ServerBinaries binaries,
      Launcher launcher,
      Path seed,
      RunPlace place,
      long diskLimit,
      Directories.Run directory) {
    this.binaries = binaries;
    this.launcher = launcher;
    this.seed = seed;
    this.place = place;
    this.diskLimit = diskLimit;
    this.directory = directory;
    this.hook = new Thread(this::cleanUp, "drydock-cleanup");
  }

  /**
   * Starts a server.
   *
   * @param diskLimit bytes a database may take, which bounds each of its files too
   * @throws ReplayException when there are no binaries, no space, or the server does not come up
   */
  public static BundledServer start(
      ServerBinaries.Places places, int major, RunPlace place, long diskLimit)
      throws ReplayException {
    Launcher launcher = Launcher.find();
    ServerBinaries binaries = ServerBinaries.find(places, major);
    Path seed = SeedCluster.find(binaries, places.cache(), launcher);
    return start(binaries, launcher, seed, place, diskLimit, seed);
  }

  /**
   * Starts another server of the same kind.
   *
   * @param cluster what it begins with a copy of
   * @throws ReplayException when it does not come up
   */
  public BundledServer another(Path cluster) throws ReplayException {
    return start(binaries, launcher, seed, place.withRoom(), diskLimit, cluster);
  }

  /**
   * Starts another server of the same kind, as new, where there is room for all that a replay may
   * take.
   *
   * @throws ReplayException when it does not come up
   */
  public BundledServer withRoom() throws ReplayException {
    return another(seed);
  }

  /** Whether there was too little room, in a place that is not the roomiest. */
  public boolean ranOut() {
    return place.roomier().isPresent()
        && (lacked || place.directory().toFile().getUsableSpace() < RESERVE);
  }

  @Override
  public void lacksRoom() {
    lacked = true;
  }

  private static BundledServer start(
      ServerBinaries binaries,
      Launcher launcher,
      Path seed,
      RunPlace place,
      long diskLimit,
      Path cluster)
      throws ReplayException {
    try {
      BundledServer server =
          new BundledServer(
              binaries,
              launcher,
              seed,
              place,
              diskLimit,
              Directories.create(place.directory(), launcher));
      // A signal ends the JVM through its hooks, so the hook is there before anything else is.
      Runtime.getRuntime().addShutdownHook(server.hook);
      try {
        server.boot(cluster);
        return server;
      } catch (IOException | ReplayException | RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      if (place.roomier().isPresent()) {
        return start(binaries, launcher, seed, place.withRoom(), diskLimit, cluster);
      }
      boolean there = Files.exists(place.directory());
      throw new ReplayException(
          "the PostgreSQL %s server did not start in %s: "
                  .formatted(binaries.version(), place.directory())
              + (there ? CacheEntries.reason(e) : "it does not exist"),
          Optional.empty(),
          (there ? "check that the directory has some 100 MB free" : "make the directory")
              + ", or set TMPDIR to another one",
          e);
    }
  }

  private void boot(Path cluster) throws IOException, ReplayException {
    Path sockets = Directories.socketDirectory(directory.path(), launcher);
    process = PostgresProcess.spawnOnCopy(cluster, binaries, data(), sockets, launcher, diskLimit);
    process.awaitReady();
    connectFirst();
  }

  private void connectFirst() throws IOException {
    try {
      first = Optional.of(process.connect(SeedCluster.DATABASE, SeedCluster.MIGRATOR, "simple"));
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What its clusters are made by: the same for two servers that behave alike. */
  public String origin() {
    return binaries.home() + " " + binaries.version() + " " + seed.getFileName();
  }

  /** Where its files are. */
  public Path data() {
    return directory.path().resolve("data");
  }

  /** Lets the server's user write to {@code path}. */
  public void give(Path path) throws IOException {
    launcher.give(path);
  }

  /** Lets the server's user read what is below {@code root}, and not write to it. */
  public void seal(Path root) throws IOException {
    launcher.seal(root);
  }

  /**
   * Copies its files as a server leaves them that was stopped, and starts it again. Nobody else may
   * be connected.
   *
   * @param target is not there yet
   * @throws IOException when they could not be copied
   * @throws ReplayException when the server does not come up again
   */
  public synchronized void copyTo(Path target) throws IOException, ReplayException {
    closeConnections();
    process.stop("INT", STOP_LIMIT);
    Path log = directory.path().resolve("copy.log");
    try {
      Process copying =
          launcher
              .process(
                  directory.path(), log, List.of("cp", "-R", data().toString(), target.toString()))
              .start();
      if (!copying.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS) || copying.exitValue() != 0) {
        copying.destroyForcibly();
        throw new IOException("the cluster was not copied: " + Files.readString(log).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the cluster was copied", e);
    } finally {
      startAgain();
    }
  }

  private void startAgain() throws ReplayException {
    try {
      process =
          PostgresProcess.spawn(binaries, data(), process.socketDirectory(), launcher, diskLimit);
      process.awaitReady();
      connectFirst();
    } catch (IOException e) {
      throw new ReplayException(
          "the PostgreSQL %s server did not start again: %s"
              .formatted(binaries.version(), e.getMessage()),
          Optional.empty(),
          "run it again with --no-cache",
          e);
    }
  }

  private void cleanUp() {
    closeConnections();
    PostgresProcess running = process;
    if (running != null) {
      running.close();
    }
    try {
      directory.close();
    } catch (IOException e) {
      // What is left is swept away by the next run.
      return;
    }
  }

  private synchronized void closeConnections() {
    try {
      if (first.isPresent()) {
        first.get().close();
        first = Optional.empty();
      }
      leaveTemplate();
    } catch (SQLException e) {
      // It goes away with the server.
      return;
    }
  }

  /** Where its socket is. */
  public Path socketDirectory() {
    return process.socketDirectory();
  }

  @Override
  public String version() {
    return binaries.version();
  }

  @Override
  public String admin() {
    return SeedCluster.ADMIN;
  }

  @Override
  public String migrator() {
    return SeedCluster.MIGRATOR;
  }

  @Override
  public Connection connectAdmin(String database) throws SQLException {
    return process.connect(
        database, SeedCluster.ADMIN, "extended", PostgresConnections.beside(binaries.major()));
  }

  @Override
  public synchronized Connection connectMigrator(String database) throws SQLException {
    if (first.isPresent() && database.equals(SeedCluster.DATABASE)) {
      Connection connection = first.get();
      first = Optional.empty();
      return connection;
    }
    return process.connect(database, SeedCluster.MIGRATOR, "simple");
  }

  @Override
  public synchronized String createDatabase(String name) throws SQLException {
    if (seedDatabaseIsFree && name.equals(SeedCluster.DATABASE)) {
      seedDatabaseIsFree = false;
      return name;
    }
    List<String> statements = new ArrayList<>();
    if (!abandoned.isEmpty()) {
      abandoned.forEach(
          dropped -> statements.add("drop database if exists " + dropped + " with (force)"));
      statements.addAll(Rights.forgetting(this));
    }
    // Copying the files is quicker than logging their pages; the option came with 15.
    String strategy = binaries.major() >= 15 ? " strategy file_copy" : "";
    statements.add("create database " + name + " owner " + SeedCluster.MIGRATOR + strategy);
    statements.add(Server.trust(SeedCluster.MIGRATOR, true));
    administer(statements);
    abandoned.clear();
    return name;
  }

  /** Only marks it: with the last one, the whole server goes away. */
  @Override
  public synchronized void dropDatabase(String name) {
    abandoned.add(name);
  }

  @Override
  public synchronized void administer(List<String> statements) throws SQLException {
    if (control.isEmpty() || !control.get().isValid(1)) {
      control = Optional.of(connectAdmin("template1"));
    }
    try (Statement statement = control.get().createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Makes a tablespace that the migrating role may use.
   *
   * @param name as SQL writes it
   */
  public void makeTablespace(String name) throws SQLException {
    Path place = directory.path().resolve("tablespace-" + UUID.randomUUID());
    try {
      Files.createDirectory(place);
      give(place);
    } catch (IOException e) {
      throw new SQLException("no directory for tablespace " + name, e);
    }
    administer(
        List.of(
            "create tablespace %s owner %s location %s"
                .formatted(name, SeedCluster.MIGRATOR, Quoted.literal(place.toString()))));
  }

  /** It is the one that new databases are copied from, for which nobody else may be in it. */
  @Override
  public synchronized void leaveTemplate() throws SQLException {
    if (control.isPresent()) {
      control.get().close();
      control = Optional.empty();
    }
  }

  /** All but ours; oids below are those of what initdb makes. */
  @Override
  public String madeRoles() {
    return "r.oid >= 16384 and r.rolname not in (%s, %s)"
        .formatted(Quoted.literal(admin()), Quoted.literal(migrator()));
  }

  @Override
  public long diskUse(String database) throws IOException {
    return Directories.size(directory.path());
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public String lastWords() {
    return process.lastWords();
  }

  @Override
  public void kill() {
    process.close();
  }

  @Override
  public void close() {
    cleanUp();
    Server.withdraw(hook);
  }
}
