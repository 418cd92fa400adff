package dev.drydock.engine.postgres.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.Migrations;
import dev.drydock.engine.postgres.TestServers;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaComparison;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is read again after each statement adds up to what is there at the end, also of what the
 * transaction made itself, whose locks are not looked at.
 */
class LiveSchemaTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        create table p (id int, a int not null) partition by range (id);
        create table p1 partition of p for values from (0) to (10);
        create index on p (a);
        alter table p add primary key (id);
        alter table p rename column a to b;
        alter table p add constraint positive check (b > 0);
        alter table p detach partition p1;
        """,
        """
        create table parent (id int);
        create table child (more int) inherits (parent);
        alter table parent add column late text default 'x';
        alter table parent rename column id to number;
        alter table child no inherit parent;
        """,
        """
        create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
        create table "On top" (id int primary key, a int default 1, b int check (b > 0));
        create trigger "touch on" before update on "On top" for each row execute function touch();
        create policy everyone on "On top" using (true);
        alter table "On top" enable row level security;
        comment on column "On top".a is 'first';
        create rule quiet as on delete to "On top" do instead nothing;
        alter trigger "touch on" on "On top" rename to touched;
        alter policy everyone on "On top" using (id > 0);
        drop rule quiet on "On top";
        alter table "On top" alter a drop default, drop constraint "On top_b_check";
        drop function touch cascade;
        drop policy everyone on "On top";
        """,
        """
        create table a (id int primary key);
        create table b (id int, a int);
        do $$ begin
          execute 'create index b_a on b (a)';
          execute 'alter table b add foreign key (a) references a';
          execute 'create policy p on b using (true)';
          execute 'insert into a values (1)';
        end $$;
        create view v as select id from a;
        create or replace view v as select id, id + 1 as next from a;
        grant select on v, a to public;
        drop table a cascade;
        truncate b;
        """,
        """
        create type mood as enum ('sad');
        create domain positive as int check (value > 0);
        create table t (id serial, m mood, n positive, g int generated always as identity);
        create sequence s owned by t.id;
        savepoint one;
        alter table t add column lost int;
        create table gone (id int);
        rollback to one;
        alter table t add column kept int, alter column n type bigint;
        alter type mood rename to humour;
        alter domain positive rename to natural_number;
        alter table t rename to u;
        alter table u rename to t;
        create materialized view mv as select id from t;
        create unique index on mv (id);
        refresh materialized view mv;
        create index on t (id);
        cluster t using t_id_idx;
        drop type humour cascade;
        """,
        """
        create type mood as enum ('sad');
        create table t (id serial, a int);
        create table "T 2" (id int default 1);
        create view v as select id from t;
        create schema other;
        create function f(a int) returns int language sql as 'select a';
        create function f(a mood) returns int language sql as 'select 1';
        create function other.f() returns int language sql security definer as 'select 2';
        create function "G h"() returns int language sql as 'select 3';
        create procedure p() language sql as 'select 4';
        create function late() returns int language sql as 'select 5';
        grant execute on function f(int), "G h"() to pg_monitor;
        revoke all on function f(mood) from public;
        grant all on function other.f() to pg_monitor;
        grant select on t, "T 2" to pg_monitor;
        grant update (a) on t to pg_monitor;
        grant usage on sequence t_id_seq to pg_monitor;
        grant select on v to pg_monitor;
        revoke all on procedure p() from public;
        grant execute on routine late to pg_monitor;
        create or replace function f(a int) returns int language sql stable as 'select a + 1';
        alter function f(mood) rename to g;
        alter function g(mood) set search_path = '';
        comment on function g(mood) is 'the mood';
        create function needed() returns int language sql as 'select 6';
        alter table t alter a set default needed();
        drop function needed cascade;
        drop function other.f, "G h";
        alter type mood rename to humour;
        alter schema other rename to another;
        create type span as range (subtype = int);
        do $$ begin execute 'grant select on all tables in schema public to pg_monitor'; end $$;
        grant execute on all functions in schema public to pg_read_all_data;
        revoke select on all tables in schema public from pg_monitor;
        alter default privileges grant select on tables to pg_monitor;
        """
      })
  void ofATransactionThatMakesAllItself(String pending) throws Exception {
    assertThat(SchemaComparison.differences(observed(pending), applied(pending))).isEmpty();
  }

  private static Schema observed(String sql) throws ReplayException {
    try (Replay replay = TestServers.shared(17).open(TestServers.PLAN)) {
      Migration change = Migrations.migration("1.sql", Transaction.PER_MIGRATION, sql);
      replay.startObserving(List.of(change));
      List<Observation> seen = replay.observe(change, Migrations.statements(change));
      assertThat(seen)
          .extracting(Observation::outcome)
          .hasOnlyElementsOfType(Outcome.Succeeded.class);
      return seen.getLast().schema();
    }
  }

  private static Schema applied(String sql) throws ReplayException {
    try (Replay replay = TestServers.shared(17).open(TestServers.PLAN)) {
      Migration before = Migrations.migration("1.sql", Transaction.PER_MIGRATION, sql);
      replay.apply(before, Migrations.statements(before));
      Migration change = Migrations.migration("2.sql", Transaction.PER_MIGRATION, "select 1;");
      replay.startObserving(List.of(change));
      return replay.observe(change, Migrations.statements(change)).getLast().schema();
    }
  }
}
