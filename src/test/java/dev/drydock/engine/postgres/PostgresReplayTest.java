package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.Migrations;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replay sees of statements, effect by effect, on an old server and on the usual one. */
class PostgresReplayTest {
  private static final String BASE =
      """
      create table t (id bigint primary key, a int, b varchar(10));
      create table c (id int, t_id bigint);
      """;

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void everyEffectOfAStatementIsSeen(int major) throws Exception {
    assertThat(seen(major, "alter table t add column z int default 5;"))
        .containsExactly("lock ACCESS EXCLUSIVE public.t", "CREATED column public.z");
    assertThat(seen(major, "alter table t alter column a type bigint;"))
        .contains("lock ACCESS EXCLUSIVE public.t", "rewrite public.t", "ALTERED column public.a");
    assertThat(seen(major, "alter table c add foreign key (t_id) references t;"))
        .contains(
            "lock SHARE ROW EXCLUSIVE public.c",
            "lock SHARE ROW EXCLUSIVE public.t",
            "scan public.c under SHARE ROW EXCLUSIVE",
            "CREATED constraint public.c_t_id_fkey");
    assertThat(seen(major, "update t set a = 1;"))
        .contains("lock ROW EXCLUSIVE public.t", "rows public.t +0 ~1 -0");
    assertThat(seen(major, "drop table c;"))
        .contains("lock ACCESS EXCLUSIVE public.c", "DROPPED table public.c");
  }

  /** A migration's settings say how a value is written; none of these changes what is there. */
  @Test
  void settingsOfTheSessionChangeNoDefinition() throws Exception {
    String base =
        """
        create table p (b bytea default '\\xdead', i interval default '1 day 2 hours',
          f float8 default 0.1, z timestamptz default '2020-01-01 00:00:00+00', n int);
        """;
    for (String setting :
        List.of(
            "bytea_output = escape",
            "intervalstyle = sql_standard",
            "extra_float_digits = -10",
            "timezone = 'Asia/Tokyo'",
            "quote_all_identifiers = on",
            "datestyle = 'SQL, DMY'",
            "client_encoding = 'LATIN1'")) {
      List<Observation> seen =
          observe(
              17,
              Transaction.NONE,
              base,
              "set %s; alter table p alter n set default 1;".formatted(setting));
      assertThat(seen.get(1).effects().stream().map(PostgresReplayTest::words))
          .as(setting)
          .containsExactly("lock ACCESS EXCLUSIVE public.p", "ALTERED column public.n");
    }
  }

  @Test
  void datesAreReadInTheOrderThatAMigrationSets() throws Exception {
    String checked =
        "set datestyle = 'German'; do $$ begin if '03.02.2001'::date <> date '2001-02-03' then"
            + " raise exception 'no'; end if; end $$;";
    assertThat(observe(17, Transaction.NONE, checked + BASE, checked))
        .allMatch(seen -> seen.outcome() instanceof Outcome.Succeeded);
  }

  /** What it waits for there is Drydock. */
  @Test
  void aShortLockTimeoutEndsNoStatementThatRefusesATransaction() throws Exception {
    List<Observation> seen =
        observe(
            17,
            Transaction.NONE,
            BASE,
            "set lock_timeout = '1ms'; create index concurrently i on t (a); select 1;");
    assertThat(seen).allMatch(one -> one.outcome() instanceof Outcome.Succeeded);
    assertThat(seen.get(2).session().lockTimeout()).isEqualTo("1ms");
  }

  @Test
  void rowsThatAreCopiedOutAreReadByNobody() throws Exception {
    String copy = "copy (select 1) to stdout;";
    for (Transaction transaction : Transaction.values()) {
      List<Observation> seen =
          observe(17, transaction, copy + BASE, copy + "alter table t add column z int;");
      assertThat(seen).allMatch(one -> one.outcome() instanceof Outcome.Succeeded);
    }
  }

  @Test
  void aBlockThatMakesManyTablesIsFollowedToItsEnd() throws Exception {
    assertThat(
            seen(
                17,
                """
                do $$
                begin
                  for i in 1..2000 loop
                    execute format('create table n%s (a int)', i);
                  end loop;
                  alter table t add column z int;
                end $$;
                """))
        .contains("lock ACCESS EXCLUSIVE public.t at line 6", "CREATED column public.z at line 6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "begin; %s\ncommit;"})
  void whatTheServerRunsAfterASettingIsSeen(String script) throws Exception {
    String hidden = "set standard_conforming_strings = off; set a.b = '\\''; drop table c; --';";
    List<Observation> seen = observe(17, Transaction.NONE, BASE, script.formatted(hidden));
    assertThat(seen.stream().flatMap(o -> o.effects().stream()).map(PostgresReplayTest::words))
        .contains("DROPPED table public.c");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void howTheServerLooksUpTheKeysOfASmallTableIsNoScan(int major) throws Exception {
    String filled =
        """
        alter table c add primary key (id);
        insert into t select n, n, 'x' from generate_series(1, 200) n;
        insert into c select n, n from generate_series(1, 200) n;
        analyze;
        """;
    String key = "alter table c add constraint k foreign key (t_id) references t;";

    assertThat(seen(major, BASE + filled, key))
        .contains("scan public.c under SHARE ROW EXCLUSIVE")
        .noneMatch(effect -> effect.startsWith("scan public.t"));
    assertThat(seen(major, BASE + filled + key, "alter table c alter column t_id type integer;"))
        .contains("rewrite public.c")
        .noneMatch(effect -> effect.startsWith("scan"));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void anIndexThatTakesTheNameOfAnotherIsNotWrittenAnew(int major) throws Exception {
    assertThat(
            seen(
                major,
                BASE + "create unique index t_new on t (id);",
                """
                alter table t drop constraint t_pkey,
                  add constraint t_pkey primary key using index t_new;
                """))
        .contains("CREATED constraint public.t_pkey")
        .noneMatch(effect -> effect.startsWith("rewrite") || effect.startsWith("scan"));
    assertThat(seen(major, "reindex index t_pkey;")).contains("rewrite public.t_pkey");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void effectsInsideABlockStandAtTheLineThatCausedThem(int major) throws Exception {
    assertThat(
            seen(
                major,
                """
                do $$
                begin
                  create index t_a on t (a);
                  execute 'alter table t drop column b';
                end $$;
                """))
        .contains(
            "CREATED index public.t_a at line 3",
            "scan public.t under SHARE at line 3",
            "lock ACCESS EXCLUSIVE public.t at line 4",
            "DROPPED column public.b at line 4");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aRoleThatAMigrationActsForIsMadeWhenNothingMadeIt(int major) throws Exception {
    String acting = "set role keeper; create table kept_%s (id int); %s reset role;";
    List<Observation> observations =
        observe(
            major,
            Transaction.PER_MIGRATION,
            BASE + acting.formatted("before", ""),
            acting.formatted("now", "alter table t add column z int;"));

    assertThat(observations)
        .allSatisfy(seen -> assertThat(seen.outcome()).isInstanceOf(Outcome.Succeeded.class));
    assertThat(observations.get(1).effects())
        .extracting(PostgresReplayTest::words)
        .contains("CREATED table public.kept_now");
    // Whose the table is in production, nobody has said.
    assertThat(observations.get(2).effects())
        .extracting(PostgresReplayTest::words)
        .contains("CREATED column public.z");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aRoleWhoseNameTheServerKeepsToItselfIsMissing(int major) throws Exception {
    List<Observation> observations =
        observe(major, Transaction.NONE, "grant select on t to pg_nobody;");

    assertThat(observations.getFirst().outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.message()).isEqualTo("role \"pg_nobody\" does not exist"));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aStatementThatRefusesATransactionIsSeenWhileItRuns(int major) throws Exception {
    assertThat(seen(major, "create index concurrently t_a on t (a);"))
        .contains("lock SHARE UPDATE EXCLUSIVE public.t", "CREATED index public.t_a")
        .doesNotContain("lock SHARE public.t");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void whatFailsOutsideATransactionTooIsRefusedInIt(int major) throws Exception {
    List<Observation> observations =
        observe(major, Transaction.PER_MIGRATION, "create index concurrently i on t (none);");

    assertThat(observations.getFirst().outcome())
        .isEqualTo(
            new Outcome.Failed(
                "25001",
                "CREATE INDEX CONCURRENTLY cannot run inside a transaction block",
                "",
                OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aLockIsHeldUntilItsTransactionEnds(int major) throws Exception {
    String pending = "alter table t add column z int; update c set id = 1;";

    assertThat(observe(major, Transaction.PER_MIGRATION, pending).get(1).heldBefore())
        .extracting(lock -> lock.mode() + " " + lock.relation().name())
        .contains("ACCESS EXCLUSIVE public.t");
    assertThat(observe(major, Transaction.NONE, pending).get(1).heldBefore()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void whatATransactionMayOnlySetBeforeAnyQueryIsSet(int major) throws Exception {
    List<Observation> observations =
        observe(
            major,
            Transaction.NONE,
            """
            begin;
            set local lock_timeout = '2s';
            set transaction isolation level serializable;
            set local statement_timeout = '3s';
            alter table t add column z int;
            commit;
            """);

    assertThat(observations)
        .allSatisfy(seen -> assertThat(seen.outcome()).isInstanceOf(Outcome.Succeeded.class));
    assertThat(observations.get(4).session().lockTimeout()).isEqualTo("2s");
    assertThat(observations.get(4).session().statementTimeout()).isEqualTo("3s");
    assertThat(observations.get(4).effects())
        .extracting(PostgresReplayTest::words)
        .containsExactly("lock ACCESS EXCLUSIVE public.t", "CREATED column public.z");
  }

  @Test
  void aSavepointThatIsReleasedLeavesTheEarlierOneOfItsName() throws Exception {
    String pending =
        """
        savepoint a;
        alter table t add column first int;
        savepoint b;
        savepoint a;
        alter table t add column second int;
        release savepoint a;
        ROLLBACK TO A;
        alter table t add column third int;
        """;

    assertThat(observe(17, Transaction.PER_MIGRATION, pending))
        .allMatch(observation -> observation.outcome() instanceof Outcome.Succeeded)
        .flatExtracting(Observation::effects)
        .extracting(PostgresReplayTest::words)
        .filteredOn(effect -> effect.startsWith("CREATED"))
        .containsExactly("CREATED column public.third");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aTransactionThatFollowsARollbackInOneCommandStartsFromBefore(int major) throws Exception {
    List<Observation> observations =
        observe(
            major,
            Transaction.NONE,
            """
            begin;
            update t set a = 1;
            drop table c;
            rollback and chain;
            alter table c add column z int;
            commit and chain;
            alter table t add column z int;
            commit;
            """);

    assertThat(observations.get(4).transaction()).isNotEqualTo(observations.get(2).transaction());
    assertThat(observations.get(4).effects())
        .extracting(PostgresReplayTest::words)
        .containsExactly("lock ACCESS EXCLUSIVE public.c", "CREATED column public.z");
    assertThat(observations.get(6).heldBefore()).isEmpty();
    assertThat(observations.get(6).effects())
        .extracting(PostgresReplayTest::words)
        .containsExactly("lock ACCESS EXCLUSIVE public.t", "CREATED column public.z");
  }

  @Test
  void aTransactionBegunInThePlaceOfTheToolsIsCommittedByTheTool() throws Exception {
    String pending =
        """
        alter table t add column z int;
        commit;
        begin;
        alter table c add column z int;
        """;

    assertThat(observe(17, Transaction.PER_MIGRATION, pending).get(3).effects())
        .extracting(PostgresReplayTest::words)
        .containsExactly("lock ACCESS EXCLUSIVE public.c", "CREATED column public.z");
    assertThat(observe(17, Transaction.PER_MIGRATION, pending)).noneMatch(Observation::abandoned);
    assertThat(observe(17, Transaction.NONE, pending)).anyMatch(Observation::abandoned);
    assertThat(observe(17, Transaction.IMPLICIT, pending)).anyMatch(Observation::abandoned);
  }

  private static List<String> seen(int major, String pending) throws ReplayException {
    return seen(major, BASE, pending);
  }

  private static List<String> seen(int major, String base, String pending) throws ReplayException {
    List<Observation> observations = observe(major, Transaction.NONE, base, pending);
    assertThat(observations).hasSize(1);
    assertThat(observations.get(0).outcome()).isInstanceOf(Outcome.Succeeded.class);
    return observations.get(0).effects().stream().map(PostgresReplayTest::words).toList();
  }

  private static String words(Effect effect) {
    String what =
        switch (effect) {
          case Effect.LockTaken taken ->
              "lock " + taken.lock().mode() + " " + taken.lock().relation().name();
          case Effect.TableRewritten rewritten -> "rewrite " + rewritten.relation().name();
          case Effect.TableScanned scanned ->
              "scan " + scanned.relation().name() + " under " + scanned.lock().mode();
          case Effect.SchemaChanged changed ->
              changed.change().event()
                  + " "
                  + changed.change().object().getClass().getSimpleName().toLowerCase(Locale.ROOT)
                  + " "
                  + changed.change().object().name();
          case Effect.WorkedUnderLock worked -> "work on " + worked.relation().name();
          case Effect.TablesClosed closed ->
              "closed "
                  + closed.held().stream().map(lock -> lock.relation().name().toString()).toList();
          case Effect.RowsChanged rows ->
              "rows %s +%d ~%d -%d"
                  .formatted(
                      rows.relation().name(), rows.inserted(), rows.updated(), rows.deleted());
        };
    return what
        + effect
            .cause()
            .flatMap(Cause::location)
            .map(location -> " at line " + location.startLine())
            .orElse("");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void whatRefusesATransactionDividesOneThatIsSentAsABatch(int major) throws Exception {
    List<Observation> observations =
        observe(
            major,
            Transaction.DIVIDED,
            "update t set id = id; create index concurrently on t (id); vacuum t; alter table t add"
                + " q int; drop table c;");

    assertThat(observations).allMatch(o -> o.outcome() instanceof Outcome.Succeeded);
    assertThat(observations).extracting(Observation::transaction).containsExactly(1, 2, 3, 4, 4);
    assertThat(observations)
        .extracting(Observation::inTransaction)
        .containsExactly(true, false, false, true, true);
    assertThat(observations.get(4).heldBefore())
        .extracting(lock -> lock.mode() + " " + lock.relation().name())
        .contains("ACCESS EXCLUSIVE public.t");
  }

  private static List<Observation> observe(int major, Transaction transaction, String pending)
      throws ReplayException {
    return observe(major, transaction, BASE, pending);
  }

  private static List<Observation> observe(
      int major, Transaction transaction, String base, String pending) throws ReplayException {
    try (Replay replay = TestServers.shared(major).open(TestServers.PLAN)) {
      Migration before = Migrations.migration("1.sql", Transaction.NONE, base);
      replay.apply(before, Migrations.statements(before));
      Migration change = Migrations.migration("2.sql", transaction, pending);
      replay.startObserving(List.of(change));
      return replay.observe(change, Migrations.statements(change));
    }
  }
}
