package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.Migrations;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresReplayTest {
  private static final ReplayPlan PLAN =
      new ReplayPlan("", ZoneId.of("UTC"), Duration.ofSeconds(20), Duration.ofMinutes(5), 1L << 30);

  @Test
  void x() throws Exception {
    List<Observation> os =
        observe(
            "create table t(id bigint primary key, a int, b varchar(10)); create table c(id int, t_id bigint);create index t_b on t(b)",
            """
            alter table t add column z int default 5;
            alter table t alter column a type bigint;
            create index concurrently t_a on t(a);
            do $$
            begin
              create index t_a2 on t(a);
              execute 'alter table t drop column b';
            end $$;
            alter table c add foreign key (t_id) references t;
            update t set a = 1;
            drop table t cascade;
            """);
    for (Observation o : os) {
      System.out.println(
          o.statement().text()
              + "\n  "
              + o.outcome()
              + " tx "
              + o.transaction()
              + " "
              + o.inTransaction());
      for (Effect e : o.effects()) System.out.println("     " + e);
    }
    assertThat(os).hasSize(7);
  }

  private static List<Observation> observe(String base, String pending) throws ReplayException {
    try (Replay replay = TestServers.shared(17).open(PLAN)) {
      Migration first = Migrations.migration("1.sql", Transaction.NONE, base);
      replay.apply(first, Migrations.statements(first));
      replay.startObserving(List.of());
      Migration second = Migrations.migration("2.sql", Transaction.NONE, pending);
      return replay.observe(second, Migrations.statements(second));
    }
  }
}
