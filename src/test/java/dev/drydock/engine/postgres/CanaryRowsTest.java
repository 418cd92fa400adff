package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.Migrations;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayPlan;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tables get a generated row. */
class CanaryRowsTest {
  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aRowIsMadeWhateverTypesItsColumnsHave(int major) throws Exception {
    String tables =
        """
        create schema ext;
        create extension citext;
        create extension hstore schema ext;
        create extension ltree schema ext;
        create extension cube schema ext;
        create type mood as enum ('fine');
        create domain mail as citext check (value like '%@%');
        create table numbers (a smallint not null, b numeric(3, 2) not null, c money not null, d oid not null);
        create table texts (a text not null, b varchar(3) not null, c "char" not null, d citext not null, e mail not null);
        create table of_extensions (a ext.hstore not null, b ext.ltree not null, c ext.cube not null);
        create table times (a date not null, b timestamptz not null, c timetz not null, d interval not null);
        create table shapes (a point not null, b line not null, c lseg not null, d box not null, e path not null,
          f polygon not null, g circle not null);
        create table nets (a inet not null, b cidr not null, c macaddr not null, d macaddr8 not null);
        create table documents (a json not null, b jsonb not null, c xml not null, d jsonpath not null);
        create table searches (a tsvector not null, b tsquery not null);
        create table sets (a int[] not null, b int4range not null, c mood not null, d bit(3) not null, e varbit not null);
        create table calm (id int primary key);
        create table loud (a text not null check (a = upper(a)), b int not null references calm);
        create table inner_things (a pg_lsn not null, b regclass not null, c xid not null, d pg_snapshot not null);
        """;

    assertThat(withoutRow(major, tables)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aTableThatNoRowFitsIsNamed(int major) throws Exception {
    assertThat(withoutRow(major, "create table odd (a int check (a = 7 and a < b), b int);"))
        .isEmpty();
    assertThat(withoutRow(major, "create table odd (a text not null check (a ~ '^x[0-9]{9}$'));"))
        .containsExactly(
            "no row could be made for public.odd: what fails only on rows was not tried there");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aRowOfAPartitionedTableIsOneThatAPartitionTakes(int major) throws Exception {
    String tables =
        """
        create table visits (id bigint not null, at timestamptz not null) partition by range (at);
        create table visits_2023 partition of visits for values from ('2023-01-01') to ('2024-01-01');
        create table sales (id bigint not null, area text not null, n int not null) partition by list (area);
        create table sales_south partition of sales for values in ('it''s', 'south') partition by range (n, id);
        create table sales_small partition of sales_south for values from (minvalue, minvalue) to (0, 0);
        create table sales_large partition of sales_south for values from (10, 5) to (20, 0);
        create table spread (id bigint not null) partition by hash (id);
        create table spread_all partition of spread for values with (modulus 1, remainder 0);
        create table "Rest" ("When" date not null) partition by range ("When");
        create table rest_all partition of "Rest" default;
        """;

    assertThat(withoutRow(major, tables)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {17})
  void aTextOfAnyLengthMayBeWhatATableDemands(int major) throws Exception {
    String text = "x".repeat(20_000);

    assertThat(withoutRow(major, "create table odd (a text check (a = '%s'));".formatted(text)))
        .isEmpty();
    assertThat(
            withoutRow(
                major,
                "create table m (a text not null) partition by list (a);"
                    + "create table n partition of m for values in ('%s');".formatted(text)))
        .containsExactly(
            "no row could be made for public.m: what fails only on rows was not tried there");
  }

  @ParameterizedTest
  @ValueSource(ints = {17})
  void aChainOfForeignKeysMayBeAsLongAsThereAreTables(int major) throws Exception {
    StringBuilder tables = new StringBuilder("create table t0 (id int primary key);\n");
    for (int t = 1; t < 3000; t++) {
      tables.append("create table t%d (id int primary key references t%d);%n".formatted(t, t - 1));
    }

    assertThat(withoutRow(major, tables.toString(), "select * from t2999;")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {17})
  void aRecursiveQueryEndsThoughThereIsOneRowOfEverything(int major) throws Exception {
    Duration limit = Duration.ofSeconds(2);
    ReplayPlan plan = new ReplayPlan("", ZoneId.of("UTC"), limit, Duration.ofMinutes(5), 1L << 30);
    String up =
        """
        with recursive above as (
          select id, up from %1$s union all select t.id, t.up from %1$s t join above a on a.up = t.id
        ) select count(*) from above;
        """;
    try (Replay replay = TestServers.shared(major).open(plan)) {
      Migration base =
          Migrations.migration(
              "1.sql",
              Transaction.NONE,
              """
              create table node (id int primary key);
              create table edge (id int references node, up int references node, primary key (id, up));
              create table tree (id int primary key, up int references tree);
              create table loose (id int primary key, up int);
              """);
      replay.apply(base, Migrations.statements(base));
      Migration change =
          Migrations.migration(
              "2.sql",
              Transaction.NONE,
              up.formatted("edge") + up.formatted("tree") + up.formatted("loose"));
      replay.startObserving(List.of(change));

      assertThat(replay.observe(change, Migrations.statements(change)))
          .hasSize(3)
          .allMatch(seen -> seen.outcome() instanceof Outcome.Succeeded);
      assertThat(replay.notices())
          .containsExactly(
              "no row could be made for public.edge: what fails only on rows was not tried there");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void whatAMigrationCopiedFromAGeneratedRowStandsInNoLaterOnesWay(int major) throws Exception {
    try (Replay replay = TestServers.shared(major).open(TestServers.PLAN)) {
      Migration base =
          Migrations.migration(
              "1.sql",
              Transaction.NONE,
              "create table device (id bigint primary key, ip text not null);");
      replay.apply(base, Migrations.statements(base));
      Migration copies =
          Migrations.migration(
              "2.sql",
              Transaction.NONE,
              """
              create table network (device bigint references device, ip text not null);
              insert into network select id, ip from device;
              insert into network values (null, '10.0.0.1');
              """);
      Migration converts =
          Migrations.migration(
              "3.sql",
              Transaction.NONE,
              """
              alter table network alter column ip type inet using ip::inet;
              do $$ begin assert (select count(*) from network) = 1; end $$;
              """);
      Migration fails =
          Migrations.migration(
              "4.sql", Transaction.NONE, "alter table network alter column device set not null;");
      replay.startObserving(List.of(copies, converts, fails));

      assertThat(replay.observe(copies, Migrations.statements(copies)))
          .allMatch(seen -> seen.outcome() instanceof Outcome.Succeeded);
      assertThat(replay.observe(converts, Migrations.statements(converts)))
          .allMatch(seen -> seen.outcome() instanceof Outcome.Succeeded);
      assertThat(replay.observe(fails, Migrations.statements(fails)))
          .allMatch(seen -> seen.outcome() instanceof Outcome.Failed);
    }
  }

  /** From 15 on the migrating role may switch the checks off. */
  @ParameterizedTest
  @ValueSource(ints = {14})
  void aRowStaysWhenADeferredKeyCannotBeCheckedByTheOwnerOfItsTable(int major) throws Exception {
    try (Replay replay = TestServers.shared(major).open(TestServers.PLAN)) {
      Migration base =
          Migrations.migration(
              "1.sql",
              Transaction.NONE,
              """
              create table team (id int primary key);
              create schema kept;
              create table kept.member (id int primary key,
                team int not null references team deferrable initially deferred);
              -- Without rights on the schema that the table lies in.
              create role drydock_test_keeper;
              alter table kept.member owner to drydock_test_keeper;
              """);
      replay.apply(base, Migrations.statements(base));
      Migration change =
          Migrations.migration(
              "2.sql",
              Transaction.NONE,
              "/* member */ do $$ begin if exists (select from team) then raise 'no'; end if; end $$;");
      replay.startObserving(List.of(change));

      assertThat(replay.observe(change, Migrations.statements(change)))
          .extracting(seen -> seen.outcome().getClass().getSimpleName())
          .containsExactly("Refused");
    }
  }

  private static List<String> withoutRow(int major, String tables) throws Exception {
    // The change speaks of every table, so each is to have a row.
    return withoutRow(major, tables, "-- " + tables.replace("\n", " ") + "\nselect 1;");
  }

  private static List<String> withoutRow(int major, String tables, String sql) throws Exception {
    try (Replay replay = TestServers.shared(major).open(TestServers.PLAN)) {
      Migration base = Migrations.migration("1.sql", Transaction.NONE, tables);
      replay.apply(base, Migrations.statements(base));
      Migration change = Migrations.migration("2.sql", Transaction.NONE, sql);
      replay.startObserving(List.of(change));
      return replay.notices();
    }
  }
}
