package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.Migrations;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayPlan;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No {@link Attack} gets anywhere, and what comes after it is still observed. */
class AttackTest {
  private static final ReplayPlan PLAN =
      new ReplayPlan("", ZoneId.of("UTC"), Duration.ofSeconds(3), Duration.ofMinutes(2), 1L << 29);

  static Stream<Attack> attacks() {
    return Attack.all().filter(attack -> !attack.isAttempt());
  }

  static Stream<Attack> attacksOnRights() {
    return Attack.onRights().filter(attack -> !attack.isAttempt());
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void everySingleStatementIsRefused(int major) throws Exception {
    List<Attack> attempts = Attack.all().filter(Attack::isAttempt).toList();
    try (Replay replay = TestServers.shared(major).open(PLAN)) {
      Migration base =
          Migrations.migration(
              "1.sql", Transaction.NONE, "create table victim (id bigint primary key, n integer);");
      replay.apply(base, Migrations.statements(base));
      replay.startObserving(List.of());
      Migration pending =
          Migrations.migration(
              "2.sql",
              Transaction.NONE,
              attempts.stream().map(Attack::pending).collect(Collectors.joining()));
      List<Observation> seen = replay.observe(pending, Migrations.statements(pending));
      for (int i = 0; i < attempts.size(); i++) {
        assertThat(seen.get(i).notices()).as(attempts.get(i).name()).hasSize(1);
        assertThat(said(seen.get(i)))
            .as(attempts.get(i).name())
            .containsPattern(attempts.get(i).said());
      }
      theNextStatementIsObserved(replay);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void getsNowhere(Attack attack) throws Exception {
    hold(attack, 17);
  }

  /** Before 16 whoever may create roles may also take them, and 14 has no settings to grant. */
  @ParameterizedTest
  @MethodSource("attacksOnRights")
  void getsNoRightsOnAnOlderServer(Attack attack) throws Exception {
    hold(attack, 14);
  }

  private static void hold(Attack attack, int major) throws Exception {
    try (Replay replay = TestServers.shared(major).open(PLAN)) {
      Migration base =
          Migrations.migration(
              "1.sql",
              Transaction.NONE,
              "create table victim (id bigint primary key, n integer);" + attack.base());
      replay.apply(base, Migrations.statements(base));
      Migration pending = Migrations.migration("2.sql", Transaction.NONE, attack.pending());
      replay.startObserving(List.of(pending));
      List<Observation> seen = replay.observe(pending, Migrations.statements(pending));
      String said = seen.stream().map(AttackTest::said).collect(Collectors.joining("\n"));

      assertThat(said).containsPattern(attack.said());
      assertThat(said.length()).isLessThan(100_000);
      boolean ended = seen.stream().anyMatch(o -> !(o.outcome() instanceof Outcome.Succeeded));
      if (!ended) {
        assertThat(
                replay.finds(
                    "select from pg_catalog.pg_roles where rolname operator(pg_catalog.=)"
                        + " 'postgres' and (rolsuper or pg_catalog.pg_has_role(oid,"
                        + " 'pg_execute_server_program', 'member'))"))
            .as("a superuser")
            .isFalse();
        theNextStatementIsObserved(replay);
      }
    }
    // Whatever it did to the role or the server, the next history is replayed as ever.
    try (Replay replay = TestServers.shared(major).open(PLAN)) {
      Migration base =
          Migrations.migration("1.sql", Transaction.NONE, "create table victim (n integer);");
      replay.apply(base, Migrations.statements(base));
      replay.startObserving(List.of());
      assertThat(
              replay.finds(
                  "select from pg_catalog.pg_roles where rolsuper and rolname = 'postgres'"))
          .isFalse();
      theNextStatementIsObserved(replay);
    }
  }

  /** What Drydock asks by itself at the end has a limit too, whatever catches a timeout. */
  @Test
  void anAnswerThatNeverComesIsNotWaitedFor() throws Exception {
    try (Replay replay = TestServers.shared(17).open(PLAN)) {
      Migration base =
          Migrations.migration(
              "1.sql", Transaction.NONE, "create table victim (id serial primary key, n integer);");
      replay.apply(base, Migrations.statements(base));
      Migration pending =
          Migrations.migration(
              "2.sql",
              Transaction.NONE,
              "create schema evil;"
                  + "create function evil.above(int, int) returns boolean language plpgsql as $$"
                  + " begin loop begin perform pg_sleep(1000); exception when query_canceled then"
                  + " null; end; end loop; end $$;"
                  + "create operator evil.>= (leftarg = int, rightarg = int, function = evil.above);"
                  + "do $$ begin execute format('alter database %I set search_path = evil,"
                  + " pg_catalog, public', current_database()); end $$;"
                  + "alter sequence victim_id_seq restart;");
      replay.startObserving(List.of(pending));
      replay.observe(pending, Migrations.statements(pending));

      long start = System.nanoTime();
      assertThat(replay.sequencesBehind()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
  }

  private static void theNextStatementIsObserved(Replay replay) throws Exception {
    Migration next =
        Migrations.migration(
            "3.sql",
            Transaction.NONE,
            "reset role; alter table public.victim alter column n type numeric; drop table public.victim;");
    List<Observation> seen = replay.observe(next, Migrations.statements(next));
    assertThat(seen.get(1).effects()).hasAtLeastOneElementOfType(Effect.TableRewritten.class);
    assertThat(seen.get(1).effects()).hasAtLeastOneElementOfType(Effect.LockTaken.class);
    assertThat(seen.get(2).effects()).hasAtLeastOneElementOfType(Effect.SchemaChanged.class);
  }

  private static String said(Observation observation) {
    String notices =
        observation.notices().stream()
            .map(notice -> notice.message())
            .collect(Collectors.joining("\n"));
    String outcome =
        switch (observation.outcome()) {
          case Outcome.Failed failed -> failed.message();
          case Outcome.Refused refused -> refused.message();
          case Outcome.Stopped stopped -> stopped.message();
          case Outcome.Succeeded unused -> "";
          case Outcome.NotReached unused -> "";
        };
    return notices + "\n" + outcome;
  }
}
