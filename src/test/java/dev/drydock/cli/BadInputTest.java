package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drydock.engine.postgres.TestServers;
import dev.drydock.source.GitRepository;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with what Drydock is given or with the machine, it says so and leaves nothing.
 */
@Timeout(300)
class BadInputTest {
  private static final String SHOP = "create table orders (id bigint primary key, note text);\n";

  @TempDir private Path directory;

  /** Where the directories of the runs are made; empty at the end of each test. */
  @TempDir private Path temporary;

  @BeforeEach
  void theServerMayReachIt() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void withoutAGitRepositoryItSaysHowToDoWithoutOne() {
    CommandLineRun run = run("lint");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("is not in a git repository, so there is no change to compare")
        .contains("name the pending files");
  }

  @Test
  void withoutMigrationsItSaysWhereItLooked() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("README.md", "nothing here\n").commit("start");
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err())
          .isEqualTo(
              "drydock: no migrations were found under %s. Name their directory with --dir, or the files themselves.\n"
                  .formatted(repository.repository().getWorkTree()));
    }
  }

  @Test
  void noChangeIsOneLine() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("migrations/V1__shop.sql", SHOP).commit("start");
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("passed: no pending migrations; drydock 0.1.0-SNAPSHOT\n");
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void aNameInAMessageIsNoCommandToARunner() throws IOException {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("README.md", "x").commit("start");
      String name = "a\n::add-mask::x\n##[error]y\u001b[2J/migrations/1_a.up.sql";
      repository.write(name, new byte[] {(byte) 0xff});
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err())
          .contains("\\u003a:add-mask::x\n\\u0023#[error]y\\u001b[2J/migrations/1_a.up.sql")
          .doesNotContain("\n::", "##[", "\u001b");
    }
  }

  @Test
  void aFileThatIsNotTextIsNamed() throws IOException {
    write("V1__shop.sql", SHOP);
    Files.write(
        directory.resolve("V2__latin.sql"), "select 'é';".getBytes(StandardCharsets.ISO_8859_1));
    CommandLineRun run = run("lint", "V2__latin.sql", "--applied", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("V2__latin.sql").contains("UTF-8");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    CommandLineRun run = run("lint", "V2__gone.sql");

    assertThat(run.status()).isIn(2, 3);
    assertThat(run.err()).contains("V2__gone.sql").doesNotContain("bug in Drydock");
  }

  @Test
  void anAppliedMigrationThatDoesNotReplayIsNoVerdict() throws IOException {
    write("V1__shop.sql", SHOP + "alter table customers add column name text;\n");
    write("V2__more.sql", "alter table orders add column total numeric;\n");
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("drydock: V1__shop.sql:2:1: the applied migration V1__shop.sql does not replay:")
        .contains("relation \"customers\" does not exist")
        .contains(
            "\n  remedy: an object is missing that the migrations before this one do not make");
  }

  @Test
  void aBaseOfTemplatesIsToldFromOneOfAnotherDialect() throws IOException {
    write("V1__shop.sql", "create table {{ .Schema }}.orders (id bigint primary key);\n");
    write("V2__note.sql", "select 1;\n");
    CommandLineRun run = run("lint", "V2__note.sql", "--applied", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: it is a template that its tool fills in: render the migrations, and lint what comes out");
  }

  @Test
  void aPendingMigrationThatFailsIsAFindingWhereTheServerPoints() throws IOException {
    write("V1__shop.sql", SHOP);
    write("V2__more.sql", "-- more\nalter table orders\n  add column total nummeric;\n");
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("error[migration-fails]: ALTER TABLE fails: type \"nummeric\" does not exist.")
        .contains(" --> V2__more.sql:3:20\n");
  }

  @Test
  void withoutServerBinariesItSaysHowToGetThem() throws IOException {
    write("V1__shop.sql", SHOP);
    CommandLineRun run =
        run(
            Map.of("os.name", "Windows 11", "user.home", directory.toString()),
            "lint",
            "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("there are no PostgreSQL 17 binaries for windows-")
        .contains("mvn dependency:get")
        .contains("--database");
  }

  @Test
  void aSocketPathThatIsTooLongIsToldWithItsLength() throws IOException {
    write("V1__shop.sql", SHOP);
    Path deep = Files.createDirectories(temporary.resolve("d".repeat(90)));
    CommandLineRun run = run(Map.of("TMPDIR", deep.toString()), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("the path for the server's socket has")
        .contains("set TMPDIR to a shorter path");
    assertThat(deep).isEmptyDirectory();
  }

  @Test
  void aDirectoryForRunsThatIsNotThereIsNamed() throws IOException {
    write("V1__shop.sql", SHOP);
    CommandLineRun run =
        run(Map.of("TMPDIR", temporary.resolve("gone").toString()), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains(temporary.resolve("gone").toString()).contains("TMPDIR");
  }

  @Test
  void aDiskThatIsFullAtTheStartIsNoVerdict() throws Exception {
    write("V1__shop.sql", SHOP);
    Path disk = disk("4m");
    try {
      CommandLineRun run = run(Map.of("TMPDIR", disk.toString()), "lint", "V1__shop.sql");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err()).contains("No space left on device").contains("100 MB free");
      assertThat(disk).isEmptyDirectory();
    } finally {
      command("umount", disk.toString());
    }
  }

  @Test
  void aDiskThatAMigrationFillsIsTold() throws Exception {
    write("V1__shop.sql", SHOP);
    write(
        "V2__fill.sql",
        "insert into orders select n, repeat('x', 1000) from generate_series(1, 1000000) n;\n");
    Path disk = disk("90m");
    try {
      CommandLineRun run =
          run(
              Map.of("TMPDIR", disk.toString()),
              "lint",
              "V2__fill.sql",
              "--applied",
              "V1__shop.sql");

      // Refused where the rows go, or the end of the server where the log of the changes goes.
      assertThat(run.out() + run.err())
          .containsPattern(
              "error\\[migration-fails\\]: INSERT fails: could not .*No\\s+space\\s+left\\s+on\\s+device"
                  + "|broke off: .*could not .*No space left on device");
      assertThat(run.status()).isEqualTo(run.out().isEmpty() ? 3 : 1);
      assertThat(disk).isEmptyDirectory();
    } finally {
      command("umount", disk.toString());
    }
  }

  @Test
  void aSleepALoopAndADiskBombAreStoppedAndReported() throws IOException {
    write(".drydock.yml", "limits:\n  statement: 2s\n  disk: 200MB\n");
    write("V1__shop.sql", SHOP);
    Map<String, String> stopped =
        Map.of(
            "select pg_sleep(1000);",
            "SELECT was stopped: it ran longer than 2 s",
            "do $$ begin loop null; end loop; end $$;",
            "DO was stopped: it ran longer than 2 s",
            "do $$ begin for i in 1..1000 loop execute format('create table t%s as select"
                + " repeat(''x'', 1000) from generate_series(1, 20000)', i); end loop; end $$;",
            "DO was stopped: ");
    stopped.forEach(
        (sql, words) -> {
          write("V2__bomb.sql", sql + "\n");
          CommandLineRun run =
              run("lint", "V2__bomb.sql", "--applied", "V1__shop.sql", "--config", ".drydock.yml");

          assertThat(run.out()).as(sql + run.err()).contains("error[migration-fails]: " + words);
          assertThat(run.status()).isEqualTo(1);
        });
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void twoRunsAtOnceDoNotDisturbOneAnother() throws Exception {
    write("V1__shop.sql", SHOP);
    write("V2__index.sql", "create index on orders (note);\n");
    List<CompletableFuture<CommandLineRun>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      runs.add(
          CompletableFuture.supplyAsync(
              () -> run("lint", "V2__index.sql", "--applied", "V1__shop.sql")));
    }
    for (CompletableFuture<CommandLineRun> run : runs) {
      assertThat(run.get(200, TimeUnit.SECONDS).out()).contains("error[blocking-index-build]");
      assertThat(run.get().status()).isEqualTo(1);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aServerThatIsKilledInTheMiddleIsNoVerdict() throws Exception {
    write("V1__shop.sql", SHOP);
    write("V2__sleep.sql", "select pg_sleep(20);\n");
    CompletableFuture<CommandLineRun> running =
        CompletableFuture.supplyAsync(
            () -> run("lint", "V2__sleep.sql", "--applied", "V1__shop.sql"));
    ProcessHandle server = server(ProcessHandle.current());
    TimeUnit.SECONDS.sleep(2);
    server.destroyForcibly();
    CommandLineRun run = running.get(60, TimeUnit.SECONDS);

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("the PostgreSQL server ended unexpectedly")
        .contains("remedy: run it again");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aNameThatTheCharacterSetCannotWriteMattersOnlyToAMigration() throws Exception {
    assumeTrue(
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('ö'),
        "the tests have to be able to write such a name themselves");
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("migrations/V1__shop.sql", SHOP).commit("start");
      repository.write("käse/brie.txt", "ripe\n").write("öl.txt", "\n");

      assertThat(plain("lint", "--base", "HEAD")).contains("passed: no pending migrations");

      repository.write("migrations/V2__öl.sql", "select 1;\n");

      assertThat(plain("lint", "--base", "HEAD"))
          .contains("has a name that this system's character set cannot write")
          .contains("Set LC_ALL=C.UTF-8.");
    }
  }

  /** What the program says in a process of its own, on a system that knows ASCII alone. */
  private String plain(String... arguments) throws Exception {
    Path log = temporary.resolveSibling(temporary.getFileName() + ".log");
    ProcessBuilder builder = program(arguments).redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C");
    try {
      assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
      return Files.readString(log);
    } finally {
      Files.delete(log);
    }
  }

  private ProcessBuilder program(String... arguments) {
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

  @Test
  void aSignalInTheMiddleLeavesNothing() throws Exception {
    write("V1__shop.sql", SHOP);
    write("V2__sleep.sql", "select pg_sleep(100);\n");
    ProcessBuilder builder =
        program("lint", "V2__sleep.sql", "--applied", "V1__shop.sql")
            .redirectOutput(directory.resolve("log").toFile());
    Process program = builder.start();
    try {
      ProcessHandle server = server(program.toHandle());
      TimeUnit.SECONDS.sleep(1);
      program.destroy();

      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.onExit()).succeedsWithin(Duration.ofSeconds(30));
      assertThat(temporary).isEmptyDirectory();
    } finally {
      program.destroyForcibly();
    }
  }

  private CommandLineRun run(String... arguments) {
    return run(Map.of("TMPDIR", temporary.toString()), arguments);
  }

  private CommandLineRun run(Map<String, String> changes, String... arguments) {
    return CommandLineRun.in(directory, false, changes, List.of(arguments));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The server that {@code program} started for this test, once it takes connections. */
  private ProcessHandle server(ProcessHandle program) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (System.nanoTime() < deadline) {
      List<ProcessHandle> servers =
          program
              .descendants()
              .filter(
                  process ->
                      String.join(" ", process.info().arguments().orElse(new String[0]))
                          .contains("-D " + temporary))
              .toList();
      for (ProcessHandle server : servers) {
        // Its helpers and the session of the migration are its children.
        if (server.descendants().count() >= 5) {
          return server;
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("no server was started");
  }

  /** A small disk of its own: only root may make one, and not in every container. */
  private Path disk(String size) throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "mode=755,size=" + size, "tmpfs", disk.toString())
            == 0,
        "a disk of a given size can only be mounted by root");
    return disk;
  }

  private static int command(String... words) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
