package dev.drydock.lint;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Relation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.report.HistoryReport;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.WorstLock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Sums up a replayed history in a row for each pending migration. */
final class HistoryReports {
  private HistoryReports() {}

  static HistoryReport of(ReplayedHistory replayed) {
    return new HistoryReport(
        replayed.history().directory().toString(),
        replayed.history().layout(),
        replayed.engine(),
        replayed.version(),
        replayed.history().applied().size(),
        replayed.migrations().stream().map(HistoryReports::row).toList());
  }

  private static MigrationReport row(ReplayedMigration migration) {
    List<Lock> locks = new ArrayList<>();
    TreeSet<String> rewrites = new TreeSet<>();
    TreeSet<String> scans = new TreeSet<>();
    boolean failed = false;
    for (Observation observation : migration.observations()) {
      failed |= !(observation.outcome() instanceof Outcome.Succeeded);
      for (Effect effect : observation.effects()) {
        switch (effect) {
          case Effect.LockTaken taken -> {
            if (isTable(taken.lock().relation())) {
              locks.add(taken.lock());
            }
          }
          case Effect.TableRewritten rewrite -> {
            if (isTable(rewrite.relation())) {
              rewrites.add(rewrite.relation().name().toString());
            }
          }
          case Effect.TableScanned scan -> {
            if (isTable(scan.relation()) && scan.lock().blocksWrites()) {
              scans.add(scan.relation().name().toString());
            }
          }
          case Effect.SchemaChanged unused -> {}
          case Effect.RowsChanged unused -> {}
        }
      }
    }
    return new MigrationReport(
        migration.migration().file().path().toString(),
        migration.migration().version().text(),
        migration.observations().size(),
        worst(locks),
        List.copyOf(rewrites),
        List.copyOf(scans),
        failed);
  }

  private static boolean isTable(Relation relation) {
    return relation.existedBefore()
        && !relation.kind().endsWith("index")
        && !relation.kind().equals("sequence");
  }

  private static WorstLock worst(List<Lock> locks) {
    return locks.stream()
        .filter(lock -> !lock.blocks().equals("nobody"))
        .min(
            Comparator.comparing((Lock lock) -> !lock.blocksReads())
                .thenComparing(lock -> !lock.blocksWrites())
                .thenComparing(lock -> lock.relation().name()))
        .map(lock -> new WorstLock(lock.mode(), lock.relation().name().toString(), lock.blocks()))
        .orElse(WorstLock.NONE);
  }
}
