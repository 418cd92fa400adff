package dev.drydock.history;

import java.util.Objects;

/**
 * A question to the database whose answer says whether a tool runs a script or passes over it.
 *
 * @param query what a catalog alone answers, unless it is of rows
 * @param expected the answer with which it is run: the first column of the first row, as a driver
 *     has it as text
 * @param ofRows whether the answer depends on rows, which a replay has none of
 */
public record Precondition(String query, String expected, boolean ofRows) {
  public Precondition {
    Objects.requireNonNull(query);
    Objects.requireNonNull(expected);
  }

  /** One that a catalog answers. */
  public Precondition(String query, String expected) {
    this(query, expected, false);
  }
}
