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

/** A base and a change that a replay ran, and what it saw of the change, in words. */
final class Replayed {
  static final String BASE =
      """
      create table t (id bigint primary key, a int, b varchar(10));
      create table c (id int, t_id bigint);
      """;

  private Replayed() {}

  static List<String> seen(int major, String pending) throws ReplayException {
    return seen(major, BASE, pending);
  }

  static List<String> seen(int major, String base, String pending) throws ReplayException {
    List<Observation> observations = observe(major, Transaction.NONE, base, pending);
    assertThat(observations).hasSize(1);
    assertThat(observations.get(0).outcome()).isInstanceOf(Outcome.Succeeded.class);
    return observations.get(0).effects().stream().map(Replayed::words).toList();
  }

  static String words(Effect effect) {
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

  static List<Observation> observe(int major, Transaction transaction, String pending)
      throws ReplayException {
    return observe(major, transaction, BASE, pending);
  }

  static List<Observation> observe(int major, Transaction transaction, String base, String pending)
      throws ReplayException {
    try (Replay replay = TestServers.shared(major).open(TestServers.PLAN)) {
      Migration before = Migrations.migration("1.sql", Transaction.NONE, base);
      replay.apply(before, Migrations.statements(before));
      Migration change = Migrations.migration("2.sql", transaction, pending);
      replay.startObserving(List.of(change));
      return replay.observe(change, Migrations.statements(change));
    }
  }
}
