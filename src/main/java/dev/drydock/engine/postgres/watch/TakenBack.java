package dev.drydock.engine.postgres.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a rollback inside a statement took back: that of an error which is handled, or a ROLLBACK.
 *
 * <p>Reports outlive a rollback and their numbers do not: those after it begin again where it
 * began.
 *
 * @param reports those on what is undone
 * @param refused those on the beginning of commands that never came to their end
 */
record TakenBack(Set<DdlEvent> reports, List<DdlEvent> refused) {
  static final TakenBack NOTHING = new TakenBack(Set.of(), List.of());

  /**
   * @param all the reports from inside blocks and functions, in order
   * @param mark the number of the last one that stands; empty where that is not known
   */
  static TakenBack of(List<DdlEvent> all, OptionalLong mark) {
    if (mark.isEmpty() || all.stream().anyMatch(report -> report.mark() == 0)) {
      // Where all settings were reset there are no numbers.
      return NOTHING;
    }
    Set<DdlEvent> undone = Collections.newSetFromMap(new IdentityHashMap<>());
    List<DdlEvent> refused = new ArrayList<>();
    Deque<DdlEvent> standing = new ArrayDeque<>();
    Deque<DdlEvent> begun = new ArrayDeque<>();
    for (DdlEvent report : all) {
      takeBack(report.mark() - 1, standing, begun, undone, refused);
      standing.push(report);
      if (report.kind() == DdlEvent.Kind.START) {
        begun.push(report);
      } else if (report.kind() == DdlEvent.Kind.RAN) {
        begun.poll();
      }
    }
    takeBack(mark.getAsLong(), standing, begun, undone, refused);
    return new TakenBack(undone, List.copyOf(refused));
  }

  private static void takeBack(
      long last,
      Deque<DdlEvent> standing,
      Deque<DdlEvent> begun,
      Set<DdlEvent> undone,
      List<DdlEvent> refused) {
    while (!standing.isEmpty() && standing.peek().mark() > last) {
      undone.add(standing.pop());
    }
    while (!begun.isEmpty() && begun.peek().mark() > last) {
      refused.add(begun.pop());
    }
  }
}
