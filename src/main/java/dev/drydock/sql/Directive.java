package dev.drydock.sql;

import dev.drydock.source.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A {@code -- drydock:allow RULE[, RULE]: REASON} comment.
 *
 * <p>It is about the statement it stands in, or whose last line it follows on, or else the next
 * one. Before the first statement of a file, with a blank line between, it is about all of the
 * file.
 *
 * <p>In a block comment the reason may run over several lines, and each line that begins with
 * {@code drydock:} is a directive of its own.
 *
 * @param rules ids as written, in order; not checked against the rules that exist; empty when there
 *     is a problem
 * @param reason the words after the colon, trimmed; empty when the author gave none, which is
 *     itself reported
 * @param location the comment, or the words of the directive where a block comment holds several
 * @param wholeFile true when it stands at the top of the file, apart from the first statement, and
 *     covers all of it
 * @param problem why it suppresses nothing, if so
 */
public record Directive(
    List<String> rules,
    String reason,
    Location location,
    boolean wholeFile,
    Optional<Problem> problem) {

  /** Why a comment meant as a directive has no effect. */
  public enum Problem {
    /** It is not spelled {@code drydock:allow}. */
    MISSPELLED,
    /** Other words come before {@code drydock:allow} in the comment. */
    NOT_FIRST,
    /** It names no rule. */
    NO_RULE,
    /** What stands before the colon is not a list of rule ids divided by commas. */
    NOT_AN_ID,
    /** No statement follows it. */
    NO_STATEMENT
  }

  public Directive {
    rules = List.copyOf(rules);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(location);
    Objects.requireNonNull(problem);
    if (problem.isPresent() && !rules.isEmpty()) {
      throw new IllegalArgumentException("a directive with a problem allows nothing: " + location);
    }
  }
}
