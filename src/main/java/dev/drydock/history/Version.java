package dev.drydock.history;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/** What orders a migration among the others of its history. */
public sealed interface Version extends Comparable<Version> {

  /** As the migration tool shows it, e.g. {@code 2.1} or {@code 20240131120000}. */
  String text();

  /**
   * Applied once, in the order of its version.
   *
   * @param text the version as written
   * @param numbers its parts where the tool compares numbers (Flyway: {@code 1.10} is after {@code
   *     1.9}); empty where it compares text
   */
  record Versioned(String text, List<BigInteger> numbers) implements Version {
    public Versioned {
      Objects.requireNonNull(text);
      numbers = List.copyOf(numbers);
    }
  }

  /**
   * Applied whenever its content changed.
   *
   * @param numbers its place among the versioned migrations; empty where it comes after all of
   *     them, in the order of its text
   */
  record Repeatable(String text, List<BigInteger> numbers) implements Version {
    public Repeatable {
      Objects.requireNonNull(text);
      numbers = List.copyOf(numbers);
    }

    /** One that comes after all versioned migrations. */
    public Repeatable(String text) {
      this(text, List.of());
    }
  }

  /** One that is compared by its number. */
  static Version numbered(String digits) {
    return new Versioned(digits, List.of(new BigInteger(digits)));
  }

  /** One that is compared by its text. */
  static Version textual(String text) {
    return new Versioned(text, List.of());
  }

  /** What decides its place before its text does; may be empty. */
  List<BigInteger> numbers();

  /** Whether it comes after all that has a place. */
  private boolean isLast() {
    return this instanceof Repeatable && numbers().isEmpty();
  }

  /** The order in which the tool applies: by version, then what comes last by description. */
  @Override
  default int compareTo(Version other) {
    if (isLast() != other.isLast()) {
      return isLast() ? 1 : -1;
    }
    return compare(this, other);
  }

  private static int compare(Version mine, Version theirs) {
    if (mine.numbers().isEmpty() && theirs.numbers().isEmpty()) {
      return mine.text().compareTo(theirs.text());
    }
    // A number beside a text: any one rule will do, as long as the order stays transitive.
    if (mine.numbers().isEmpty() || theirs.numbers().isEmpty()) {
      return mine.numbers().isEmpty() ? 1 : -1;
    }
    int parts = Math.max(mine.numbers().size(), theirs.numbers().size());
    for (int i = 0; i < parts; i++) {
      int order = part(mine, i).compareTo(part(theirs, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /**
   * A missing part counts as zero: Flyway holds {@code 1} and {@code 1.0} to be the same version.
   */
  private static BigInteger part(Version version, int index) {
    return index < version.numbers().size() ? version.numbers().get(index) : BigInteger.ZERO;
  }
}
