package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.sql.Statement;

/**
 * Where a statement writes the type of a column, in characters from 0; -1 and -1 where it does not.
 */
record TypeSpan(long start, long end) {
  private static final TypeSpan NOWHERE = new TypeSpan(-1, -1);

  static TypeSpan of(Statement statement, Column column) {
    String text = statement.text();
    return statement
        .syntax()
        .parts("data type", column.name().local())
        .findFirst()
        // Rules count characters, a string of Java the halves of some of them too.
        .map(
            part ->
                new TypeSpan(
                    text.codePointCount(0, part.start()), text.codePointCount(0, part.end())))
        .orElse(NOWHERE);
  }
}
