package dev.drydock.sql;

import dev.drydock.history.Migration;
import dev.drydock.source.Location;
import java.util.List;
import java.util.Objects;

/**
 * One statement of a migration, at its place in the file.
 *
 * @param index position among the statements of its migration, from 0
 * @param kind how it has to be run
 * @param text as it stands in the file, from its first keyword to its last character, the
 *     terminator not included; for {@link Kind#COPY} the statement alone
 * @param start offset of {@code text} in the file
 * @param sql what the tool sends to the server: {@code text} with placeholders filled in
 * @param copyData the rows of a {@code COPY ... FROM stdin}, as they stand in the file; empty
 *     otherwise
 * @param location the span of {@code text}
 * @param directives the suppressions that apply to it, those for the whole file included
 */
public record Statement(
    Migration migration,
    int index,
    Kind kind,
    String text,
    int start,
    Substitution sql,
    String copyData,
    Location location,
    Syntax syntax,
    List<Directive> directives) {

  /** How a statement has to be run. */
  public enum Kind {
    SQL,
    /** {@code COPY ... FROM stdin} with its rows in the file. */
    COPY,
    /** A psql meta command such as {@code \connect}: the server does not know it. */
    META
  }

  public Statement {
    Objects.requireNonNull(migration);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(text);
    Objects.requireNonNull(sql);
    Objects.requireNonNull(copyData);
    Objects.requireNonNull(location);
    Objects.requireNonNull(syntax);
    directives = List.copyOf(directives);
  }
}
