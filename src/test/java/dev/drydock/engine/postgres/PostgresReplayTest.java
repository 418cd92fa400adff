package dev.drydock.engine.postgres;

import static dev.drydock.engine.postgres.Replayed.BASE;
import static dev.drydock.engine.postgres.Replayed.observe;
import static dev.drydock.engine.postgres.Replayed.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.history.Transaction;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replay sees of statements, effect by effect, on an old server and on the usual one. */
class PostgresReplayTest {
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
      assertThat(seen.get(1).effects().stream().map(Replayed::words))
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

  @Test
  void theEncodingMayChangeInsideABlock() throws Exception {
    List<Observation> seen =
        observe(
            17,
            Transaction.NONE,
            BASE,
            "do $$ begin perform set_config('client_encoding', 'LATIN1', false); end $$;"
                + " comment on table t is 'é'; select 1;");
    assertThat(seen).hasSize(3).allMatch(one -> one.outcome() instanceof Outcome.Succeeded);
  }

  @Test
  void aSettingThatTheSessionDoesNotOutliveIsNamed() {
    assertThatThrownBy(
            () ->
                observe(
                    17,
                    Transaction.NONE,
                    BASE,
                    "do $$ begin perform set_config('datestyle', 'SQL, DMY', false); end $$;"))
        .hasMessageContaining("it sets DateStyle to SQL, DMY inside a function or block");
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
    assertThat(seen.stream().flatMap(o -> o.effects().stream()).map(Replayed::words))
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
        .extracting(Replayed::words)
        .contains("CREATED table public.kept_now");
    // Whose the table is in production, nobody has said.
    assertThat(observations.get(2).effects())
        .extracting(Replayed::words)
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
}
