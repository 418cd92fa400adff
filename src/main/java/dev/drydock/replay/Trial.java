package dev.drydock.replay;

import java.util.Objects;

/**
 * A function or trigger that production has, tried before the change and again at its end.
 *
 * @param object its id, as in {@code SchemaObject.id()}
 * @param how {@code read} when the server checked its text, {@code called}, or for a trigger the
 *     {@code insert}, {@code update} or {@code delete} that fired it
 * @param before how that went when the change had not begun
 * @param after how it goes when all of it is done
 */
public record Trial(String object, String how, Outcome before, Outcome after) {
  /** Syntax errors and what does not exist or has another type: errors of the code, not of rows. */
  private static final String ABOUT_CODE = "42";

  /** Insufficient privilege, which is of that class. */
  private static final String ABOUT_RIGHTS = "42501";

  public Trial {
    Objects.requireNonNull(object);
    Objects.requireNonNull(how);
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
  }

  /** Whether the change broke it: it fails by its code, and did not before. */
  public boolean isBroken() {
    return isAboutCode(after) && !wasBroken();
  }

  /** Whether it failed by its code before the change already. */
  public boolean wasBroken() {
    return isAboutCode(before);
  }

  private static boolean isAboutCode(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        && failed.sqlState().startsWith(ABOUT_CODE)
        && !failed.sqlState().equals(ABOUT_RIGHTS);
  }
}
