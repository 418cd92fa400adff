package dev.drydock.facts;

import dev.drydock.schema.Column;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Syntax;

/**
 * Where a statement writes the type of a column, in characters from 0; -1 and -1 where it does not.
 */
record TypeSpan(long start, long end) {
  private static final TypeSpan NOWHERE = new TypeSpan(-1, -1);

  static TypeSpan of(Statement statement, Column column) {
    for (Syntax.Part part : statement.syntax().parts()) {
      if (part.kind().equals("data type") && part.name().equals(column.name().local())) {
        String text = statement.text();
        // Rules count characters, a string of Java the halves of some of them too.
        return new TypeSpan(
            text.codePointCount(0, part.start()), text.codePointCount(0, part.end()));
      }
    }
    return NOWHERE;
  }
}
