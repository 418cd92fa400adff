package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drydock.engine.postgres.SmallDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to a run, it says so and leaves nothing. */
@Timeout(300)
class DisturbedRunTest extends InDirectory {
  /** Else the JVM would end with 1, which says that there are findings. */
  @Test
  void aRunThatBreaksInsideTheJvmIsNoVerdict() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream overflowing =
        new OutputStream() {
          @Override
          public void write(int unused) {
            throw new StackOverflowError();
          }
        };
    Environment environment =
        new Environment(
            directory,
            Map.of(),
            Map.of(),
            new PrintStream(overflowing, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);

    assertThat(new Drydock(environment).run("rules")).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("drydock: this is a bug in Drydock, please report it with the lines below")
        .contains("java.lang.StackOverflowError");
  }

  @Test
  void aCacheThatTheUserOfTheServerMayNotEnterIsNamed() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "only root has another user start it");
    write("V1__shop.sql", SHOP);
    Path cache = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));

    CommandLineRun run = run(Map.of("DRYDOCK_CACHE", cache.toString()), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("who may not enter " + cache + ", where its files are")
        .contains("chmod o+x");
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws Exception {
    write("V1__shop.sql", SHOP);
    CommandLineRun run = run(Map.of("DRYDOCK_CACHE", "/proc/drydock"), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(": /proc/drydock cannot be written\n")
        .contains("remedy: make the directory writable, free some disk space, or name another");
  }

  @Test
  void aDiskThatIsFullAtTheStartIsNoVerdict() throws Exception {
    write("V1__shop.sql", SHOP);
    try (SmallDisk mounted = SmallDisk.mount(temporary.resolve("disk"), "4m")) {
      Path disk = mounted.path();
      CommandLineRun run = run(Map.of("TMPDIR", disk.toString()), "lint", "V1__shop.sql");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err()).contains("No space left on device").contains("100 MB free");
      assertThat(disk).isEmptyDirectory();
    }
  }

  @Test
  void aTemporaryDirectoryThatIsNotThereIsNamedAsSuch() throws Exception {
    write("V1__shop.sql", SHOP);
    CommandLineRun run = run(Map.of("TMPDIR", "/nonexistent"), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("did not start in /nonexistent: it does not exist\n")
        .contains("remedy: make the directory, or set TMPDIR to another one");
  }

  @Test
  void aDiskThatAMigrationFillsIsTold() throws Exception {
    write("V1__shop.sql", SHOP);
    write(
        "V2__fill.sql",
        "insert into orders select n, repeat('x', 1000) from generate_series(1, 1000000) n;\n");
    try (SmallDisk mounted = SmallDisk.mount(temporary.resolve("disk"), "90m")) {
      Path disk = mounted.path();
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

          assertThat(run.out())
              .as(sql + run.err())
              .contains("error[migration-fails]: " + words, "a sleep, a loop")
              .doesNotContain("Correct the statement");
          assertThat(run.status()).isEqualTo(1);
        });
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aLimitBelowASecondIsSaidAsItIs() {
    write(".drydock.yml", "limits:\n  statement: 1500ms\n");
    write("V1__shop.sql", SHOP);
    write("V2__sleep.sql", "select pg_sleep(1000);\n");

    CommandLineRun run = lint("V2__sleep.sql", "V1__shop.sql");

    assertThat(run.out()).contains("it ran longer than 1500 ms");
  }

  @Test
  void twoRunsAtOnceDoNotDisturbOneAnother() throws Exception {
    write("V1__shop.sql", SHOP);
    write("V2__index.sql", "create index on orders (note);\n");
    List<CompletableFuture<CommandLineRun>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      runs.add(CompletableFuture.supplyAsync(() -> lint("V2__index.sql", "V1__shop.sql")));
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
        CompletableFuture.supplyAsync(() -> lint("V2__sleep.sql", "V1__shop.sql"));
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
}
