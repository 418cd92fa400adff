package dev.drydock.sql;

import dev.drydock.source.Location;
import java.util.List;
import java.util.Objects;

/**
 * A {@code -- drydock:allow RULE[, RULE]: REASON} comment.
 *
 * @param rules ids as written, in order; not checked against the rules that exist
 * @param reason the words after the colon, trimmed; empty when the author gave none, which is
 *     itself reported
 * @param location the comment
 * @param wholeFile true when it stands at the top of the file, apart from the first statement, and
 *     covers all of it
 */
public record Directive(List<String> rules, String reason, Location location, boolean wholeFile) {
  public Directive {
    rules = List.copyOf(rules);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(location);
  }
}
