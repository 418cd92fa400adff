package dev.drydock.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** Which parts of a script psql runs, between {@code \if} and {@code \endif}. */
final class PsqlBranches {
  /** How far a condition has got. */
  private enum Branch {
    /** This one is run. */
    RUN,
    /** None was run so far. */
    LATER,
    /** None is run any more. */
    DONE
  }

  private final Deque<Branch> open = new ArrayDeque<>();

  /** Whether what comes next is run. */
  boolean isRun() {
    return open.stream().allMatch(Branch.RUN::equals);
  }

  /**
   * Takes note of a command.
   *
   * @param given values from elsewhere
   * @return whether it is one of these, of which nothing has to be asked that is not known
   */
  boolean read(String command, PsqlVariables variables, Map<String, String> given) {
    String name = PsqlCommand.name(command);
    String condition = command.substring(name.length());
    switch (name) {
      case "\\if" -> {
        Optional<Boolean> holds =
            isRun() ? variables.truth(condition, given) : Optional.of(Boolean.FALSE);
        Branch otherwise = isRun() ? Branch.LATER : Branch.DONE;
        open.push(holds.orElse(true) ? Branch.RUN : otherwise);
        return holds.isPresent();
      }
      case "\\elif" -> {
        Optional<Boolean> holds =
            open.peek() == Branch.LATER ? variables.truth(condition, given) : Optional.of(false);
        return replaced(holds.orElse(true)) && holds.isPresent();
      }
      case "\\else" -> {
        return replaced(true);
      }
      case "\\endif" -> {
        return open.poll() != null;
      }
      default -> {
        return false;
      }
    }
  }

  private boolean replaced(boolean holds) {
    if (open.isEmpty()) {
      return false;
    }
    Branch before = open.pop();
    open.push(before != Branch.LATER ? Branch.DONE : holds ? Branch.RUN : Branch.LATER);
    return true;
  }
}
