package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.PostgresEngine;
import dev.drydock.engine.postgres.SmallDisk;
import dev.drydock.engine.postgres.TestServers;
import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Policy;
import dev.drydock.policy.RulePack;
import dev.drydock.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a directory in memory that has the room of a container's, where more may be needed. */
class ScarceMemoryTest {
  private static final long DISK_LIMIT = 1L << 30;
  private static final String ORDERS = "create table orders (id bigint, note text);\n";
  private static final String FILL =
      "insert into orders select n, repeat('x', 1000) from generate_series(1, 100000) n;\n";

  private static final FileTime UNUSED = FileTime.fromMillis(0);

  @TempDir Path directory;
  private Optional<SmallDisk> memory = Optional.empty();
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    for (Path path : List.of(directory, disk)) {
      path.toFile().setExecutable(true, false);
    }
    memory = Optional.of(SmallDisk.mount(directory.resolve("memory"), "64m"));
    for (Path path : List.of(memory(), disk)) {
      Files.setLastModifiedTime(path, UNUSED);
    }
  }

  @AfterEach
  void unmount() throws Exception {
    if (memory.isPresent()) {
      memory.get().close();
    }
  }

  private Path memory() {
    return memory.orElseThrow().path();
  }

  private Report lint(List<String> applied, List<String> pending) throws Exception {
    PostgresEngine.Installation usual = TestServers.installation();
    PostgresEngine.Installation scarce =
        new PostgresEngine.Installation(
            usual.installed(),
            usual.cache(),
            usual.artifacts(),
            usual.platform(),
            disk,
            Optional.of(memory()));
    History history =
        new History(
            "plain",
            Path.of("change"),
            Dialect.POSTGRESQL,
            applied.stream().map(sql -> ScriptLint.migration(8, sql)).toList(),
            pending.stream().map(sql -> ScriptLint.migration(9, sql)).toList(),
            List.of(),
            Optional.empty(),
            "");
    try (Lint lint =
        Lint.start(
            Configuration.standard(),
            2,
            () -> Policy.of(RulePack.builtIn(), Map.of()),
            () -> PostgresEngine.startBundled(scarce, 17, DISK_LIMIT, Optional.empty()),
            (file, index, total) -> {},
            "test")) {
      return lint.run(
          List.of(history), new Supplies(List.of(), Map.of(), KnownSizes.NONE, List.of()));
    }
  }

  /** Whether a run had its files there, and took them away again. */
  private static boolean wasUsed(Path place) throws IOException {
    assertThat(place).isEmptyDirectory();
    return !Files.getLastModifiedTime(place).equals(UNUSED);
  }

  private static List<String> rules(Report report) {
    return report.findings().stream().map(Finding::rule).map(rule -> rule.id()).toList();
  }

  @Test
  void whatFitsIsReplayedThere() throws Exception {
    assertThat(rules(lint(List.of(ORDERS), List.of("drop table orders;"))))
        .containsExactly("table-drop");
    assertThat(wasUsed(memory())).isTrue();
    assertThat(wasUsed(disk)).isFalse();
  }

  @Test
  void anAppliedMigrationThatNeedsMoreIsReplayedOnDisk() throws Exception {
    assertThat(rules(lint(List.of(ORDERS + FILL), List.of("drop table orders;"))))
        .containsExactly("table-drop");
    assertThat(wasUsed(memory())).isTrue();
    assertThat(wasUsed(disk)).isTrue();
  }

  @Test
  void soIsOneOfTheChange() throws Exception {
    assertThat(rules(lint(List.of(ORDERS), List.of(FILL)))).containsExactly("data-change");
    assertThat(
            rules(
                lint(
                    List.of(ORDERS),
                    List.of(
                        "begin; create table copies as select n, repeat('x', 1000) as c"
                            + " from generate_series(1, 100000) n; commit;"))))
        .containsExactly("missing-primary-key");
    assertThat(wasUsed(memory())).isTrue();
    assertThat(wasUsed(disk)).isTrue();
  }
}
