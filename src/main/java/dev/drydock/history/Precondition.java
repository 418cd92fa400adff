package dev.drydock.history;

import java.util.Objects;

/**
 * A question to the database whose answer says whether a tool runs a script or passes over it.
 *
 * @param query what a catalog alone answers
 * @param expected the answer with which it is run: the first column of the first row, as a driver
 *     has it as text
 */
public record Precondition(String query, String expected) {
  public Precondition {
    Objects.requireNonNull(query);
    Objects.requireNonNull(expected);
  }
}
