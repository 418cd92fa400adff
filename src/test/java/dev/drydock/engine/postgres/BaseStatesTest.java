package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drydock.Migrations;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayPlan;
import dev.drydock.schema.SchemaObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a replay begins, and that it makes no difference to what it sees. */
class BaseStatesTest {
  private static final String SHOP = "create table orders (id bigint primary key, note text);";
  private static final String OWNER = "alter table orders owner to clerk;";
  private static final String ITEMS =
      "create unlogged table items (id int primary key); insert into items values (1);";
  private static final String CHANGE = "alter table items add column price int not null;";

  @TempDir private Path cache;

  @BeforeEach
  void theServerMayReachIt() throws IOException {
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * What a run came to.
   *
   * @param standing how many applied migrations were there from the start
   */
  private record Run(
      int standing, List<SchemaObject> base, List<String> notices, List<Outcome> outcomes) {}

  @Test
  void aRunBeginsWhereAnEarlierOneStoodAndSeesTheSame() throws Exception {
    Run first = run("build", "UTC", SHOP, OWNER, ITEMS);
    Run second = run("build", "UTC", SHOP, OWNER, ITEMS);

    assertThat(first.standing()).isZero();
    assertThat(second.standing()).isEqualTo(3);
    assertThat(second.base()).isEqualTo(first.base()).isNotEmpty();
    assertThat(second.notices())
        .isEqualTo(first.notices())
        .containsExactly("role clerk does not exist in the replay and was made for it");
    // The row of the unlogged table is there too.
    assertThat(second.outcomes()).isEqualTo(first.outcomes());
    assertThat(second.outcomes().getFirst()).isInstanceOf(Outcome.Failed.class);
  }

  /** SQL that got out of one run's server would be in that of the next. */
  @Test
  void theUserOfTheServerCannotWriteWhatLaterRunsBeginWith() throws Exception {
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
    run("build", "UTC", SHOP);

    try (Stream<Path> kept = Files.walk(states().getFirst())) {
      assertThat(kept).allMatch(BaseStatesTest::isRootsAlone);
    }
    try (Stream<Path> seeds = Files.list(TestServers.installation().cache())) {
      Path newest =
          seeds
              .filter(path -> path.getFileName().toString().startsWith("seed-17"))
              .max(Comparator.comparing(path -> path.toFile().lastModified()))
              .orElseThrow();
      try (Stream<Path> files = Files.walk(newest)) {
        assertThat(files).allMatch(BaseStatesTest::isRootsAlone);
      }
    }
  }

  private static boolean isRootsAlone(Path path) {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid"))
          && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.GROUP_WRITE)
          && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHistoryThatGrewBeginsAtWhatItHasInCommon() throws Exception {
    run("build", "UTC", SHOP);

    assertThat(run("build", "UTC", SHOP, OWNER, ITEMS).standing()).isEqualTo(1);
    assertThat(run("build", "UTC", SHOP, OWNER, ITEMS).standing()).isEqualTo(3);
    assertThat(run("build", "UTC", SHOP, OWNER).standing()).isEqualTo(1);
  }

  @Test
  void whatDiffersBeginsAnew() throws Exception {
    run("build", "UTC", SHOP, ITEMS);

    assertThat(run("build", "UTC", SHOP + " ", ITEMS).standing()).isZero();
    assertThat(run("build", "UTC", ITEMS, SHOP).standing()).isZero();
    assertThat(run("build", "Europe/Berlin", SHOP, ITEMS).standing()).isZero();
    assertThat(run("another build", "UTC", SHOP, ITEMS).standing()).isZero();
  }

  @Test
  void nothingOfAChangeIsKept() throws Exception {
    Run first = run("build", "UTC", SHOP, ITEMS);
    Run second = run("build", "UTC", SHOP, ITEMS);

    assertThat(second.standing()).isEqualTo(2);
    assertThat(second.base().stream().map(object -> object.name().local()))
        .contains("items")
        .doesNotContain("born_in_the_change");
    assertThat(first.outcomes()).hasSize(2);
  }

  @Test
  void aStateThatIsBrokenIsReplacedByTheReplay() throws Exception {
    run("build", "UTC", SHOP, ITEMS);
    Files.delete(states().getFirst().resolve("data/global/pg_control"));

    Run again = run("build", "UTC", SHOP, ITEMS);
    assertThat(again.standing()).isZero();
    assertThat(again.base()).isNotEmpty();
    assertThat(run("build", "UTC", SHOP, ITEMS).standing()).isEqualTo(2);
  }

  @Test
  void theFourStatesUsedLastAreKept() throws Exception {
    for (int days = 1; days <= 4; days++) {
      Path state = Files.createDirectory(cache.resolve("base-used-" + days + "-days-ago"));
      Files.setLastModifiedTime(state, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    run("build", "UTC", SHOP, ITEMS);

    assertThat(states())
        .hasSize(4)
        .extracting(state -> state.getFileName().toString())
        .contains("base-used-1-days-ago", "base-used-2-days-ago", "base-used-3-days-ago");
    assertThat(run("build", "UTC", SHOP, ITEMS).standing()).isEqualTo(2);
  }

  @Test
  void aClusterThatIsMoreThanItsDirectoryIsNotKept() throws Exception {
    run("build", "UTC", ITEMS, "alter system set work_mem = '8MB';");

    assertThat(states()).isEmpty();
  }

  @Test
  void aReplayThatIsQuickIsNotWorthIt() throws Exception {
    run(new BaseStates(cache, "build", Duration.ofHours(1)), "UTC", SHOP, ITEMS);

    assertThat(states()).isEmpty();
  }

  private Run run(String build, String zone, String... base) throws Exception {
    return run(new BaseStates(cache, build, Duration.ZERO), zone, base);
  }

  private static Run run(BaseStates states, String zone, String... base) throws Exception {
    ReplayPlan plan =
        new ReplayPlan(
            "", ZoneId.of(zone), Duration.ofSeconds(20), Duration.ofMinutes(5), 1L << 30);
    try (PostgresEngine engine =
            PostgresEngine.start(TestServers.installation(), 17, 1L << 30, Optional.of(states));
        Replay replay = engine.open(plan, List.of(base))) {
      int standing = replay.standing();
      for (int i = standing; i < base.length; i++) {
        Migration applied = Migrations.migration(i + ".sql", Transaction.NONE, base[i]);
        replay.apply(applied, Migrations.statements(applied));
      }
      Migration change =
          Migrations.migration(
              "change.sql", Transaction.NONE, CHANGE + "create table born_in_the_change (id int);");
      replay.startObserving(List.of(change));
      List<SchemaObject> seen = replay.base().objects().toList();
      List<Outcome> outcomes =
          replay.observe(change, Migrations.statements(change)).stream()
              .map(Observation::outcome)
              .toList();
      return new Run(standing, seen, replay.notices(), outcomes);
    }
  }

  private List<Path> states() throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      return entries.filter(path -> path.getFileName().toString().startsWith("base-")).toList();
    }
  }
}
