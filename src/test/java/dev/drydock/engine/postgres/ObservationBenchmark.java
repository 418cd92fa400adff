package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayPlan;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Statements;
import dev.drydock.sql.SyntaxReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What observation adds to a statement in a database of a thousand tables: the same statements
 * without and with it, on one half of the tables each, in turns.
 *
 * <p>{@code mvn test -Dtest=ObservationBenchmark -Dexcluded.groups=}
 */
@Tag("long")
class ObservationBenchmark {
  private static final PrintStream OUT = System.out;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int TABLES = 1000;
  private static final int ROUNDS = 3;
  private static final int TABLES_A_ROUND = 40;

  @Test
  void observationOfAStatement() throws Exception {
    StringBuilder base = new StringBuilder();
    for (int t = 0; t < TABLES; t++) {
      base.append(
          "create table t%1$d (id bigint primary key, a int, b text, p bigint%2$s);\ncreate index on t%1$d (a);\n"
              .formatted(t, t == 0 ? "" : " references t" + (t - 1)));
    }
    ReplayPlan plan = new ReplayPlan("", ZoneId.of("UTC"), LIMIT, LIMIT, 4L << 30);
    // One replay without, one with observation, since observation does not end before its replay.
    for (int round = 1; round <= ROUNDS; round++) {
      double plain = 0;
      double observed = 0;
      int statements = 0;
      try (Replay replay = TestServers.shared(17).open(plan);
          SyntaxReader reader = SyntaxReader.start(LIMIT)) {
        apply(replay, base.toString());
        Stopwatch watch = Stopwatch.start();
        apply(replay, ManyTables.changed(0, TABLES_A_ROUND));
        plain = watch.seconds();
        watch = Stopwatch.start();
        replay.startObserving(List.of());
        double starting = watch.seconds();
        Migration migration = migration(ManyTables.changed(TABLES / 2, TABLES_A_ROUND));
        List<Statement> list = Statements.of(migration, Optional.empty()).parsed(reader).list();
        watch = Stopwatch.start();
        List<Observation> observations = replay.observe(migration, list);
        observed = watch.seconds();
        statements = list.size();
        assertThat(observations).allMatch(o -> o.outcome() instanceof Outcome.Succeeded);
        OUT.printf(
            "round %d: %d statements, %.2f ms each without, %.2f ms with observation: %.2f ms more; to start observing %.2f s%n",
            round,
            statements,
            plain / statements * 1000,
            observed / statements * 1000,
            (observed - plain) / statements * 1000,
            starting);
      }
    }
  }

  private static void apply(Replay replay, String sql) throws Exception {
    Migration migration = migration(sql);
    replay.apply(migration, Statements.of(migration, Optional.empty()).list());
  }

  /** Each statement commits by itself. */
  private static Migration migration(String sql) {
    SourceFile file = new SourceFile(Path.of("benchmark.sql"), sql);
    return new Migration(
        new Version.Versioned("1", List.of()),
        "",
        file,
        Script.whole(file),
        Optional.empty(),
        Transaction.NONE);
  }
}
