package dev.drydock.facts;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Evidence;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
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
      switch (effect) {
        case Effect.LockTaken taken -> {
          Lock lock = taken.lock();
          if (lock.relation().existedBefore()
              && lock.relation().isTableOrView()
              && !lock.blocks().equals("nobody")) {
            lines.add(
                line(
                    "%s on %s: %s wait"
                        .formatted(lock.mode(), lock.relation().name(), lock.blocks()),
                    effect));
          }
        }
        case Effect.TableRewritten rewrite -> {
          if (rewrite.relation().existedBefore()) {
            lines.add(
                line(
                    "rewrite of %s %s"
                        .formatted(rewrite.relation().kind().label(), rewrite.relation().name()),
                    effect));
          }
        }
        case Effect.TableScanned scan -> {
          if (scan.relation().existedBefore()) {
            String text =
                line(
                    "full scan of %s under %s"
                        .formatted(scan.relation().name(), scan.lock().mode()),
                    effect);
            // Once for an index, and once for a proof.
            if (lines.contains(text)) {
              lines.set(lines.indexOf(text), text + ", twice");
            } else {
              lines.add(text);
            }
          }
        }
        case Effect.SchemaChanged unused -> {}
        case Effect.RowsChanged unused -> {}
        case Effect.WorkedUnderLock unused -> {}
        case Effect.TablesClosed unused -> {}
      }
    }
    return lines;
  }

  private static String line(String text, Effect effect) {
    return effect.evidence() == Evidence.DOCUMENTED ? text + " (from the manual)" : text;
  }
}
