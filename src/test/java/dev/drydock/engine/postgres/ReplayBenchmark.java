package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.server.BundledServer;
import dev.drydock.engine.postgres.server.ServerBinaries;
import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.source.FileTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Linting a real history, from the start of the program to its end, against psql that sends the
 * same files to a server already running with the same settings; the two in turn, so that the ratio
 * holds on a noisy machine.
 *
 * <p>{@code mvn test -Dtest=ReplayBenchmark -Dexcluded.groups= -Ddrydock.benchmark.checkout=DIR
 * -Ddrydock.benchmark.directory=packages/shared/prisma/migrations}, after {@code ./drydock
 * --version} has built the program. psql has to be installed.
 */
@Tag("long")
class ReplayBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int ROUNDS = 7;
  private static final int PENDING = 10;

  private record Run(double seconds, long programKilobytes, long serverKilobytes) {}

  @Test
  void lintingAgainstPsql() throws Exception {
    Path checkout = Path.of(System.getProperty("drydock.benchmark.checkout", ""));
    Path directory = Path.of(System.getProperty("drydock.benchmark.directory", ""));
    assertThat(checkout.resolve(directory))
        .as("name them with -Ddrydock.benchmark.…")
        .isDirectory();
    Path script = Files.createTempFile("drydock-benchmark", ".sql");
    int files = write(script, checkout, directory);
    List<Double> ratios = new ArrayList<>();
    List<Run> runs = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      double psql = psql(script);
      Run drydock = drydock(checkout, directory);
      if (round > 0) {
        runs.add(drydock);
        ratios.add(drydock.seconds() / psql);
        OUT.printf(
            "psql %.2f s, drydock %.2f s, ratio %.2f%n",
            psql, drydock.seconds(), drydock.seconds() / psql);
      }
    }
    ratios.sort(Comparator.naturalOrder());
    OUT.printf(
        "%d migrations, the newest %d pending: median ratio %.2f (%.2f to %.2f); peak memory: program %d MB, server %d MB%n",
        files,
        PENDING,
        ratios.get(ratios.size() / 2),
        ratios.getFirst(),
        ratios.getLast(),
        runs.stream().mapToLong(Run::programKilobytes).max().orElse(0) >> 10,
        runs.stream().mapToLong(Run::serverKilobytes).max().orElse(0) >> 10);
    Files.delete(script);
  }

  private static int write(Path script, Path checkout, Path directory) throws IOException {
    FileTree tree = FileTree.directory(checkout, FileTree.DEFAULT_LIMIT);
    History history =
        new HistoryFinder(Search.everywhere().in(directory))
            .newest(tree, PENDING)
            .histories()
            .getFirst();
    StringBuilder includes = new StringBuilder();
    List<Migration> all =
        Stream.concat(history.applied().stream(), history.pending().stream()).toList();
    for (Migration migration : all) {
      includes.append("\\i '").append(checkout.resolve(migration.file().path())).append("'\n");
    }
    Files.writeString(script, includes);
    return all.size();
  }

  private static double psql(Path script) throws Exception {
    PostgresEngine.Installation installation = TestServers.installation();
    try (BundledServer server =
        BundledServer.start(
            new ServerBinaries.Places(
                installation.installed(),
                installation.cache(),
                installation.artifacts(),
                installation.platform()),
            PostgresEngine.DEFAULT_MAJOR,
            installation.place(1L << 30),
            1L << 30)) {
      String database = server.createDatabase("benchmark");
      Process psql =
          new ProcessBuilder(
                  "psql",
                  "-q",
                  "-X",
                  "-h",
                  server.socketDirectory().toString(),
                  "-U",
                  server.admin(),
                  "-d",
                  database,
                  "-v",
                  "ON_ERROR_STOP=1",
                  "-f",
                  script.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Stopwatch watch = Stopwatch.start();
      assertThat(psql.waitFor(5, TimeUnit.MINUTES)).isTrue();
      double seconds = watch.seconds();
      assertThat(psql.exitValue()).isZero();
      return seconds;
    }
  }

  private static Run drydock(Path checkout, Path directory) throws Exception {
    Path program = Path.of("drydock").toAbsolutePath();
    Stopwatch watch = Stopwatch.start();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "lint",
                "--newest",
                String.valueOf(PENDING),
                "--dir",
                directory.toString())
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long programPeak = 0;
    long serverPeak = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      programPeak = Math.max(programPeak, peak(process.pid()));
      serverPeak =
          Math.max(
              serverPeak, process.descendants().mapToLong(ReplayBenchmark::proportional).sum());
    }
    double seconds = watch.seconds();
    assertThat(process.exitValue()).isLessThan(2);
    return new Run(seconds, programPeak, serverPeak);
  }

  /** The most memory the process ever had, in KB. */
  private static long peak(long pid) {
    return read(Path.of("/proc/" + pid + "/status"), "VmHWM:");
  }

  /** What the process uses now, shared memory divided among those who share it, in KB. */
  private static long proportional(ProcessHandle process) {
    return read(Path.of("/proc/" + process.pid() + "/smaps_rollup"), "Pss:");
  }

  private static long read(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }
}
