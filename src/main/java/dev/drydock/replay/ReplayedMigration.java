package dev.drydock.replay;

import dev.drydock.history.Migration;
import java.util.List;
import java.util.Objects;

/** A pending migration and what each of its statements was seen to do. */
public record ReplayedMigration(Migration migration, List<Observation> observations) {
  public ReplayedMigration {
    Objects.requireNonNull(migration);
    observations = List.copyOf(observations);
  }
}
