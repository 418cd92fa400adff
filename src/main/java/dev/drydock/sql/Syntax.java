package dev.drydock.sql;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What can be read off a statement's text without running it.
 *
 * <p>It points a finding at the right words and tells what the server does not (that CONCURRENTLY
 * was asked for). It is never required: the command comes from the leading keywords alone, and
 * everything else is empty for a statement no parser understood.
 *
 * @param command the leading keywords in upper case, without modifiers: {@code CREATE INDEX},
 *     {@code ALTER TABLE}, {@code DO}, {@code UPDATE}; spelled as PostgreSQL's command tags are
 * @param flags what was asked for besides
 * @param parts the pieces a finding can point at, in the order of the text
 */
public record Syntax(String command, Set<Flag> flags, List<Part> parts) {

  /** A modifier of the statement. */
  public enum Flag {
    CONCURRENTLY,
    IF_EXISTS,
    IF_NOT_EXISTS,
    CASCADE,
    NOT_VALID,
    USING_INDEX,
    ONLY,
    OR_REPLACE,
    UNIQUE,
    TEMPORARY,
    UNLOGGED,
    /** VACUUM FULL. */
    FULL,
    /** An UPDATE or DELETE with a WHERE clause that is not always true. */
    RESTRICTED,
    /** An ALTER TABLE ... TYPE ... USING. */
    USING_EXPRESSION
  }

  /**
   * A piece of a statement that names one thing.
   *
   * @param kind {@code relation} (a target), {@code column}, {@code constraint}, {@code index},
   *     {@code type}, {@code function}, {@code action} (one sub-command of ALTER TABLE)
   * @param name the identifier as the server would fold it, without its schema; empty when the
   *     piece has no name
   * @param start offset in the statement's text of the span a finding should underline: for a
   *     column its whole definition or the action on it
   * @param end offset after it
   */
  public record Part(String kind, String name, int start, int end) {
    public Part {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(name);
      if (start < 0 || end < start) {
        throw new IllegalArgumentException("not a span: " + start + "-" + end);
      }
    }
  }

  public Syntax {
    Objects.requireNonNull(command);
    flags = Set.copyOf(flags);
    parts = List.copyOf(parts);
  }

  /** What is known of a statement when no parser understood it. */
  public static Syntax unparsed(String command) {
    return new Syntax(command, Set.of(), List.of());
  }
}
