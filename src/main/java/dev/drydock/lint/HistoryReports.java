package dev.drydock.lint;

import dev.drydock.history.Callback;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Layouts;
import dev.drydock.policy.Finding;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Outcome;
import dev.drydock.replay.Relation;
import dev.drydock.replay.ReplayedHistory;
import dev.drydock.replay.ReplayedMigration;
import dev.drydock.report.HistoryReport;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.Step;
import dev.drydock.report.HistoryReport.WorstLock;
import dev.drydock.schema.Schema;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sums up a replayed history in a row for each pending migration, with the files to show. */
final class HistoryReports {
  /** Layouts of which nobody knows what runs the files, and what it fills in before. */
  private static final Set<String> FILLED_IN = Set.of("plain", "sqitch");

  private HistoryReports() {}

  static HistoryReport of(ReplayedHistory replayed) {
    return new HistoryReport(
        replayed.history().directory().toString(),
        replayed.history().layout(),
        Layouts.byId(replayed.history().layout())
            .map(HistoryReports::outsideTransaction)
            .orElse(""),
        replayed.engine(),
        replayed.version(),
        replayed.history().applied().size(),
        rows(replayed));
  }

  /**
   * In a migration of its own, for the statements beside it would lose their transaction, and some
   * tools send a file as one query all the same.
   */
  private static String outsideTransaction(Layout layout) {
    String where =
        layout.alwaysInTransaction()
            ? "outside a transaction"
            : "in a migration of its own that runs outside a transaction";
    String how = layout.howToGoWithoutTransaction();
    return how.isEmpty() ? where : where + ": " + how;
  }

  /** The files that may be shown: what the change adds, and of the rest what findings point to. */
  static Map<Path, SourceFile> files(History history, Stream<Finding> findings) {
    Set<Path> pointedTo =
        findings.flatMap(Finding::locations).map(Location::file).collect(Collectors.toSet());
    Map<Path, SourceFile> files = new HashMap<>();
    Stream.concat(history.applied().stream(), history.pending().stream())
        .flatMap(Migration::files)
        .filter(file -> pointedTo.contains(file.path()) && !isGone(file.path(), history))
        .forEach(file -> files.put(file.path(), file));
    history.callbacks().stream()
        .map(Callback::file)
        .filter(file -> pointedTo.contains(file.path()))
        .forEach(file -> files.put(file.path(), file));
    history.pending().forEach(migration -> files.put(migration.file().path(), migration.file()));
    // Of a migration that is edited, the place is one in the text of the change.
    history.problems().stream()
        .flatMap(problem -> problem.file().stream())
        .forEach(file -> files.put(file.path(), file));
    return files;
  }

  /** Whether nothing that a file held at the base is there any more. */
  private static boolean isGone(Path file, History history) {
    long deleted =
        history.problems().stream()
            .filter(problem -> problem.kind() == Integrity.Kind.DELETED)
            .filter(problem -> problem.location().file().equals(file))
            .count();
    return deleted > 0
        && deleted
            >= history.applied().stream().filter(one -> one.file().path().equals(file)).count();
  }

  /** The file of a place, when it is one of the history's. */
  static Map<Path, SourceFile> file(History history, Location place) {
    return Stream.concat(history.applied().stream(), history.pending().stream())
        .flatMap(Migration::files)
        .filter(file -> file.path().equals(place.file()))
        .findFirst()
        .map(file -> Map.of(file.path(), file))
        .orElse(Map.of());
  }

  private static List<MigrationReport> rows(ReplayedHistory replayed) {
    List<MigrationReport> rows = new ArrayList<>();
    Schema base = replayed.base();
    boolean filledIn = FILLED_IN.contains(replayed.history().layout());
    for (ReplayedMigration migration : replayed.migrations()) {
      rows.add(row(migration, base, filledIn));
      if (!migration.observations().isEmpty()) {
        base = migration.observations().getLast().schema();
      }
    }
    return rows;
  }

  private static MigrationReport row(ReplayedMigration migration, Schema base, boolean filledIn) {
    List<Observation> observations = migration.observations();
    return new MigrationReport(
        migration.migration().file().path().toString(),
        migration.migration().version().text(),
        observations.size(),
        worst(observations.stream().flatMap(HistoryReports::locks)),
        names(
            observations.stream()
                .flatMap(observation -> observation.effects(Effect.TableRewritten.class))
                .map(Effect.TableRewritten::relation)),
        names(
            observations.stream()
                .flatMap(observation -> observation.effects(Effect.TableScanned.class))
                .filter(scan -> scan.lock().blocksWrites())
                .map(Effect.TableScanned::relation)),
        observations.stream().anyMatch(observation -> failed(observation.outcome())),
        observations.stream().map(observation -> step(observation, filledIn)).toList(),
        SchemaChanges.of(migration, base));
  }

  private static List<String> names(Stream<Relation> relations) {
    return relations
        .filter(HistoryReports::isKnown)
        .map(relation -> relation.name().toString())
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean failed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded unused -> false;
      case Outcome.Refused refused -> refused.everywhere();
      case Outcome.Failed unused -> true;
      case Outcome.Stopped unused -> true;
      case Outcome.NotReached unused -> true;
    };
  }

  private static Stream<Lock> locks(Observation observation) {
    return observation.locksTaken().filter(lock -> isKnown(lock.relation()));
  }

  private static Step step(Observation observation, boolean filledIn) {
    Map<String, WorstLock> strongest = new LinkedHashMap<>();
    // Within a statement the stronger lock of a table comes later.
    locks(observation)
        .filter(lock -> lock.blocksReads() || lock.blocksWrites())
        .map(HistoryReports::told)
        .forEach(lock -> strongest.put(lock.relation(), lock));
    return new Step(
        observation.statement().location(),
        observation.commands().isEmpty() ? "" : observation.commands().getFirst(),
        observation.transaction(),
        observation.inTransaction(),
        filledIn && isTemplate(observation.outcome())
            ? Step.NOT_JUDGED
            : observation.outcome().id(),
        List.copyOf(strongest.values()));
  }

  private static boolean isTemplate(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed && failed.template();
  }

  private static WorstLock told(Lock lock) {
    return new WorstLock(lock.mode(), lock.relation().name().toString(), lock.blocks());
  }

  private static boolean isKnown(Relation relation) {
    return relation.existedBefore() && relation.isTableOrView();
  }

  private static WorstLock worst(Stream<Lock> locks) {
    return locks
        .filter(lock -> !lock.blocks().equals("nobody"))
        .min(
            Comparator.comparing((Lock lock) -> !lock.blocksReads())
                .thenComparing(lock -> !lock.blocksWrites())
                .thenComparing(lock -> lock.relation().name()))
        .map(HistoryReports::told)
        .orElse(WorstLock.NONE);
  }
}
