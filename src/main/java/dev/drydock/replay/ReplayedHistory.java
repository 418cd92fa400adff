package dev.drydock.replay;

import dev.drydock.history.History;
import dev.drydock.schema.Schema;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A history after its replay.
 *
 * @param engine name of the engine, e.g. {@code postgresql}
 * @param version of the server in full
 * @param base the schema production has
 * @param migrations the pending ones, in order
 * @param trials of the functions and triggers that the change may break
 * @param behind sequences that the change leaves behind the numbers that are there
 * @param notices what a reader should know about the replay, a sentence each
 */
public record ReplayedHistory(
    History history,
    String engine,
    String version,
    Schema base,
    List<ReplayedMigration> migrations,
    List<Trial> trials,
    List<SequenceBehind> behind,
    List<String> notices) {
  public ReplayedHistory {
    Objects.requireNonNull(history);
    Objects.requireNonNull(engine);
    Objects.requireNonNull(version);
    Objects.requireNonNull(base);
    migrations = List.copyOf(migrations);
    trials = List.copyOf(trials);
    behind = List.copyOf(behind);
    notices = List.copyOf(notices);
  }

  /** The same with what the tool runs after them. */
  public ReplayedHistory followedBy(List<ReplayedMigration> more) {
    return new ReplayedHistory(
        history,
        engine,
        version,
        base,
        Stream.concat(migrations.stream(), more.stream()).toList(),
        trials,
        behind,
        notices);
  }

  /** What each statement of the change was seen to do, in order. */
  public List<Observation> observations() {
    return migrations.stream().flatMap(migration -> migration.observations().stream()).toList();
  }

  /** The schema after the change. */
  public Schema end() {
    return migrations.reversed().stream()
        .map(ReplayedMigration::observations)
        .filter(observations -> !observations.isEmpty())
        .findFirst()
        .map(observations -> observations.getLast().schema())
        .orElse(base);
  }
}
