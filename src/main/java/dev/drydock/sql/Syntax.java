package dev.drydock.sql;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be read off a statement's text without running it.
 *
 * <p>It points a finding at the right words and tells what the server does not (that CONCURRENTLY
 * was asked for). It is never required: the command and the flags before the object's name come
 * from the leading keywords alone, and everything else is empty for a statement no parser
 * understood. That a flag is not there means nothing unless the parts are.
 *
 * @param command the leading keywords in upper case, without modifiers: {@code CREATE INDEX},
 *     {@code ALTER TABLE}, {@code DO}, {@code UPDATE}; spelled as PostgreSQL's command tags are, so
 *     {@code CREATE TABLE AS}, {@code SELECT INTO}, {@code GRANT ROLE}, {@code COMMIT} for END, and
 *     what a WITH query introduces; for a psql command its first word, {@code \connect}; empty when
 *     there is no word
 * @param flags what was asked for besides, anywhere in the statement
 * @param parts the pieces a finding can point at, in the order of the text, the wider of two that
 *     begin together first
 */
public record Syntax(String command, Set<Flag> flags, List<Part> parts) {

  /** A modifier of the statement. */
  public enum Flag {
    CONCURRENTLY,
    IF_EXISTS,
    IF_NOT_EXISTS,
    /** DROP or TRUNCATE ... CASCADE, not what a foreign key does ON DELETE. */
    CASCADE,
    NOT_VALID,
    /** ADD CONSTRAINT ... USING INDEX. */
    USING_INDEX,
    /** PREPARE, or EXPLAIN without ANALYZE: what it says is planned and not run. */
    ONLY_PLANNED,
    /**
     * An UPDATE or DELETE with a WHERE clause that is not always true: not {@code true}, {@code 1 =
     * 1}, {@code id = id} or the like; a MERGE that does not do something with every row.
     */
    RESTRICTED,
    /**
     * An UPDATE with FROM or DELETE with USING whose conditions are about those tables alone, and
     * join none of their rows to a row that is changed.
     */
    UNJOINED,
    /**
     * An UPDATE or DELETE with a WHERE clause that is true of no row: {@code false}, {@code 1 = 0}.
     */
    CHANGES_NOTHING,
    /**
     * An INSERT whose rows all stand in it, as VALUES without a query; a DO whose block writes no
     * rows but by such ones, each of them once.
     */
    WRITTEN_OUT,
    /** An ALTER TABLE ... TYPE ... USING. */
    USING_EXPRESSION,
    /** An ALTER TYPE ... ADD VALUE with BEFORE or AFTER. */
    PLACED
  }

  /**
   * A piece of a statement that names one thing.
   *
   * @param kind {@code relation} (a target: table, view, sequence), {@code reference} (a relation
   *     that is read or referred to: a foreign key's, a FROM's, a parent), {@code column}, {@code
   *     constraint}, {@code index}, {@code type}, {@code label} (of an enum), {@code function},
   *     {@code trigger}, {@code policy}, {@code rule}, {@code schema}, {@code extension}, {@code
   *     action} (one sub-command of ALTER TABLE), {@code data type} (that of a column, under the
   *     column's name), {@code replaced} (the USING expression of a column that reads neither the
   *     column nor the row, under the column's name), {@code answered} and {@code answered or null}
   *     (a USING expression that makes a constant of the new type of each value, or NULL), {@code
   *     setting} and {@code value} (of SET or set_config), {@code same} (a column that an UPDATE of
   *     all rows gives a constant), {@code not null} and {@code null} (a WHERE that asks of rows
   *     only that such columns have a value, or none), {@code given} (a WHERE that asks for one
   *     value in this column, and whatever else), or for rarer objects the last word of what DROP
   *     or COMMENT ON calls them
   * @param name the identifier as the server would fold it, without its schema; empty when the
   *     piece has no name (the server makes one up for a constraint); for an action its keywords,
   *     {@code ALTER COLUMN SET NOT NULL}, with COLUMN written or not
   * @param start offset in the statement's text of the span a finding should underline: for a
   *     column or a constraint its whole definition, the action on it, or the assignment to it; for
   *     the rest the name with its schema
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

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** The parts of that kind, in the order of the text. */
  public Stream<Part> parts(String kind) {
    return parts.stream().filter(part -> part.kind().equals(kind));
  }

  /** The parts of that kind with that name, in the order of the text. */
  public Stream<Part> parts(String kind, String name) {
    return parts(kind).filter(part -> part.name().equals(name));
  }

  /** The names of the parts of that kind, in the order of the text. */
  public List<String> names(String kind) {
    return parts(kind).map(Part::name).toList();
  }

  /** What is known of a statement when no parser understood it. */
  public static Syntax unparsed(String command) {
    return new Syntax(command, Set.of(), List.of());
  }
}
