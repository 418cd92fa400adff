package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Cause;
import dev.drydock.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the commands that a block or function ran and took back, by an error that it handles or a
 * ROLLBACK. One that it ran again, and kept, is not among them.
 */
public final class RevertedCommands {
  private RevertedCommands() {}

  public static List<Cause> by(Statement statement, Observer observer, Said said, Delta delta) {
    List<DdlEvent> undone = said.undone();
    if (undone.isEmpty()) {
      return List.of();
    }
    Causes causes = new Causes(statement, observer, delta);
    Set<DdlEvent.Context> kept =
        said.events().stream()
            .flatMap(event -> event.context().stream())
            .collect(Collectors.toSet());
    return undone.stream()
        .filter(event -> event.context().filter(kept::contains).isEmpty())
        .flatMap(event -> causes.of(event).stream())
        .distinct()
        .toList();
  }
}
