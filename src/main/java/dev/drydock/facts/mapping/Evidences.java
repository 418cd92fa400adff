package dev.drydock.facts.mapping;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in a line each what a statement was seen to do to relations that production has. */
final class Evidences {
  private final Observation observation;

  /** A statement on a table of many partitions has as many lines as it has subjects. */
  private final Map<Optional<Cause>, List<String>> lines = new HashMap<>();

  Evidences(Observation observation) {
    this.observation = observation;
  }

  /**
   * @param cause the command inside the statement that is at fault: then what others inside it did
   *     is left out
   */
  List<String> of(Optional<Cause> cause) {
    return lines.computeIfAbsent(cause, this::find);
  }

  private List<String> find(Optional<Cause> cause) {
    List<Effect> own =
        observation.effects().stream()
            .filter(
                effect ->
                    cause.isEmpty() || effect.cause().isEmpty() || effect.cause().equals(cause))
            .toList();
    List<String> found = lines(own);
    return List.copyOf(found.isEmpty() ? lines(observation.effects()) : found);
  }

  private static List<String> lines(List<Effect> effects) {
    List<String> lines = new ArrayList<>();
    for (Effect effect : effects) {
      String line = words(effect).orElse("");
      // Once for an index, and once for a proof.
      if (effect instanceof Effect.TableScanned && lines.contains(line)) {
        lines.set(lines.indexOf(line), line + ", twice");
      } else if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static Optional<String> words(Effect effect) {
    return switch (effect) {
      case Effect.LockTaken taken ->
          Optional.of(taken.lock())
              .filter(lock -> lock.relation().existedBefore() && lock.relation().isTableOrView())
              .filter(lock -> !lock.blocks().equals("nobody"))
              .map(
                  lock ->
                      "%s on %s: %s wait"
                          .formatted(lock.mode(), lock.relation().name(), lock.blocks()));
      case Effect.TableRewritten rewrite ->
          Optional.of(rewrite.relation())
              .filter(Relation::existedBefore)
              .map(
                  relation ->
                      "rewrite of %s %s".formatted(relation.kind().label(), relation.name()));
      case Effect.TableScanned scan ->
          Optional.of(scan.relation())
              .filter(Relation::existedBefore)
              .map(
                  relation ->
                      "full scan of %s under %s".formatted(relation.name(), scan.lock().mode()));
      case Effect.SchemaChanged unused -> Optional.empty();
      case Effect.RowsChanged unused -> Optional.empty();
      case Effect.WorkedUnderLock unused -> Optional.empty();
      case Effect.TablesClosed unused -> Optional.empty();
    };
  }
}
