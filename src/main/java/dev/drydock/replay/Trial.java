package dev.drydock.replay;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A function or trigger that production has, tried before the change and again at its end; or a
 * trigger that the change makes, tried at its end.
 *
 * @param object its id, as in {@code SchemaObject.id()}
 * @param how {@code read} when the server checked its text, {@code called}, {@code without} and an
 *     argument when it checked the text for one that has no argument of this name, or for a trigger
 *     the {@code insert}, {@code update} or {@code delete} that fired it
 * @param written whether it is a trigger that the change makes, or whose function it writes anew
 * @param before how that went when the change had not begun; not reached by one that it makes
 * @param after how it goes when all of it is done
 */
public record Trial(String object, String how, boolean written, Outcome before, Outcome after) {
  private static final String WITHOUT = "without ";
  private static final String NO_SUCH_COLUMN = "42703";

  /** The class of errors that are the code's: it names what is not there, or uses it wrongly. */
  private static final String ABOUT_CODE = "42";

  /**
   * Those of them that come about when something is dropped, renamed or given another type, or a
   * table another column: no such table, column, function or object; too many values for the
   * columns; a type that does not fit; an object of another kind; no key for ON CONFLICT or for
   * GROUP BY. And the end of a function that has returned nothing.
   */
  private static final Set<String> OF_A_CHANGE =
      Set.of(
          "42P01", "42703", "42883", "42704", "42601", "42804", "42846", "42P13", "42702", "42725",
          "42809", "42P10", "42803", "2F005");

  public Trial {
    Objects.requireNonNull(object);
    Objects.requireNonNull(how);
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
  }

  /** The argument that a function was tried without; empty where it was tried as it is. */
  public static String leftOut(String how) {
    return how.startsWith(WITHOUT) ? how.substring(WITHOUT.length()) : "";
  }

  /**
   * The argument whose name means a column now: without it the text meant nothing before the
   * change, and means something at its end.
   */
  public Optional<String> captured() {
    return Optional.of(leftOut(how))
        .filter(argument -> !argument.isEmpty())
        .filter(
            argument ->
                before instanceof Outcome.Failed failed
                    && failed.sqlState().equals(NO_SUCH_COLUMN)
                    && after instanceof Outcome.Succeeded);
  }

  /** Whether the change broke it: it fails by its code, and did not before. */
  public boolean isBroken() {
    return leftOut(how).isEmpty()
        && after instanceof Outcome.Failed failed
        && OF_A_CHANGE.contains(failed.sqlState())
        && !wasBroken();
  }

  /** Whether it failed by its code before the change already. */
  public boolean wasBroken() {
    return before instanceof Outcome.Failed failed
        && (failed.sqlState().startsWith(ABOUT_CODE) || OF_A_CHANGE.contains(failed.sqlState()));
  }
}
