package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.Migrations;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Code of the pull request that runs because Drydock tries something never runs as superuser. */
class ContainedCodeTest {
  private static final String BASE =
      """
      create table orders (id bigint primary key, note text);
      create table ran (super text);
      create function note_of(asked bigint) returns text language plpgsql as $$
      begin
        return (select note from orders where id = asked);
      end $$;
      """;

  private interface Check {
    void on(Replay replay, List<Observation> observations) throws ReplayException;
  }

  private static void run(String base, String pending, Check check) throws ReplayException {
    try (Replay replay = TestServers.shared(17).open(TestServers.PLAN)) {
      Migration first = Migrations.migration("1.sql", Transaction.NONE, base);
      replay.apply(first, Migrations.statements(first));
      Migration second = Migrations.migration("2.sql", Transaction.NONE, pending);
      replay.startObserving(List.of(second));
      check.on(replay, replay.observe(second, Migrations.statements(second)));
    }
  }

  @Test
  void aGeneratedRowIsTakenAwayWithTheRightsOfTheTriggersThatFire() throws Exception {
    run(
        BASE,
        """
        create function evil() returns trigger language plpgsql as $$
        begin
          insert into ran values (current_setting('is_superuser'));
          return old;
        end $$;
        create trigger evil before delete on orders for each row execute function evil();
        alter table orders enable always trigger evil;
        do $$ begin if exists (select from orders) then raise 'there are rows'; end if; end $$;
        """,
        (replay, observations) -> {
          assertThat(observations.getLast().outcome()).isInstanceOf(Outcome.Succeeded.class);
          assertThat(replay.finds("select from ran where super in ('on', 'called')")).isFalse();
        });
  }

  @Test
  void aGeneratedRowIsTakenAwayWithTheRightsOfTheFunctionsItIsPlannedWith() throws Exception {
    run(
        BASE,
        """
        create sequence superusers;
        create function evil(n int) returns boolean language plpgsql immutable as $$
        begin
          if current_setting('is_superuser') = 'on' then
            perform nextval('public.superusers');
          end if;
          return true;
        end $$;
        create index on orders (id) where evil(1);
        do $$ begin if exists (select from orders) then raise 'there are rows'; end if; end $$;
        """,
        (replay, observations) -> {
          assertThat(observations.getLast().outcome()).isInstanceOf(Outcome.Succeeded.class);
          assertThat(replay.finds("select from superusers where is_called")).isFalse();
        });
  }

  @Test
  void aGeneratedRowIsTakenOutOfATableOfProduction() throws Exception {
    run(
        BASE,
        "do $$ begin if exists (select from orders) then raise 'there are rows'; end if; end $$;",
        (replay, observations) -> {
          assertThat(observations.getLast().outcome()).isInstanceOf(Outcome.Succeeded.class);
          assertThat(observations.getLast().onRow()).isPresent();
        });
  }

  @Test
  void aFunctionIsTriedAsTheMigratingRole() throws Exception {
    run(
        BASE,
        """
        drop function note_of(bigint);
        create function note_of(asked bigint) returns text language plpgsql as 'begin return 1; end';
        """,
        (replay, observations) -> assertThat(replay.trials()).isEmpty());
    run(
        BASE,
        """
        create or replace function note_of(asked bigint) returns text language plpgsql as $$
        begin
          insert into ran values ('called');
          raise undefined_table using message = 'superuser: ' || current_setting('is_superuser');
        end $$;
        alter table orders rename column note to remark;
        """,
        (replay, observations) -> {
          List<Trial> trials = replay.trials();
          assertThat(trials)
              .isNotEmpty()
              .allSatisfy(trial -> assertThat(trial.isBroken()).isTrue());
          assertThat(trials)
              .extracting(trial -> ((Outcome.Failed) trial.after()).message())
              .containsOnly("superuser: off");
          assertThat(replay.finds("select from ran where super in ('on', 'called')")).isFalse();
        });
  }

  @Test
  void aFunctionThatNeverEndsIsEnded() throws Exception {
    run(
        BASE,
        """
        create or replace function note_of(asked bigint) returns text language plpgsql as $$
        begin
          loop
            begin
              loop
              end loop;
            exception when query_canceled then
              null;
            end;
          end loop;
        end $$;
        alter table orders rename column note to remark;
        """,
        (replay, observations) -> {
          assertThat(replay.trials()).noneMatch(Trial::isBroken);
          assertThat(replay.finds("select from orders where remark is not null or true")).isTrue();
        });
  }
}
