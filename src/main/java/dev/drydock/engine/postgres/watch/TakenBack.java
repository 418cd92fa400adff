package dev.drydock.engine.postgres.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What a rollback inside a statement took back: that of an error which is handled, or a ROLLBACK.
 * Reports outlive it, and their marks do not.
 *
 * @param reports those on what is undone
 * @param refused those on the beginning of commands that never came to their end, in order
 */
record TakenBack(Set<DdlEvent> reports, List<DdlEvent> refused) {
  static final TakenBack NOTHING = new TakenBack(Set.of(), List.of());

  /**
   * @param all the reports from inside blocks and functions, in order
   * @param standing the marks of those that stand
   */
  static TakenBack of(List<DdlEvent> all, Set<String> standing) {
    Set<DdlEvent> undone = Collections.newSetFromMap(new IdentityHashMap<>());
    List<DdlEvent> begun = new ArrayList<>();
    for (DdlEvent report : all) {
      if (!standing.contains(report.mark())) {
        undone.add(report);
      }
      if (report.kind() == DdlEvent.Kind.START) {
        begun.add(report);
      } else if (report.kind() == DdlEvent.Kind.RAN) {
        end(begun, report);
      }
    }
    begun.removeIf(report -> !undone.contains(report));
    return new TakenBack(undone, List.copyOf(begun));
  }

  /** Of those that began at its place, the last is what has run. */
  private static void end(List<DdlEvent> begun, DdlEvent ran) {
    for (int i = begun.size() - 1; i >= 0; i--) {
      if (begun.get(i).context().equals(ran.context())) {
        begun.remove(i);
        return;
      }
    }
  }
}
