package dev.drydock.sql;

import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Script;
import dev.drydock.sql.Substitution.UnknownPlaceholderException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the forward script of a PostgreSQL migration consists of.
 *
 * @param list the statements, in the order of the text
 * @param directives every directive in the script and at the top of its file, in the order of the
 *     text, those with a problem included
 */
public record Statements(List<Statement> list, List<Directive> directives) {

  public Statements {
    list = List.copyOf(list);
    directives = List.copyOf(directives);
  }

  /**
   * Splits the forward script of {@code migration}. No parser runs: {@link Statement#syntax()}
   * holds what the leading keywords tell, so that a long base history stays cheap.
   *
   * @param placeholders what is put into it, as {@link dev.drydock.history.History#placeholders()}
   * @throws UnknownPlaceholderException when a placeholder anywhere in the script has no value; its
   *     offset is one in the file
   */
  public static Statements of(Migration migration, Optional<Placeholders> placeholders) {
    Objects.requireNonNull(placeholders);
    placeholders.ifPresent(values -> refuseUnknown(migration.up(), values));
    StatementReader reader = new StatementReader(migration, placeholders);
    reader.read();
    return new Statements(reader.statements(), reader.directives());
  }

  /** The same statements with all that {@code reader} can tell of them. */
  public Statements parsed(SyntaxReader reader) {
    return new Statements(
        list.stream().map(statement -> statement.with(reader.read(statement))).toList(),
        directives);
  }

  /**
   * How many statements a tool sends to the server. Where a script is sent as one simple query, a
   * single one runs outside a transaction block and more than one runs in one.
   */
  public int sent() {
    return (int) list.stream().filter(statement -> statement.kind() != Statement.Kind.META).count();
  }

  /** Flyway reads the script through its placeholders, comments between statements included. */
  private static void refuseUnknown(Script script, Placeholders values) {
    try {
      Substitution.fill(script.text(), values);
    } catch (UnknownPlaceholderException e) {
      throw new UnknownPlaceholderException(e.name(), script.start() + e.offset());
    }
  }
}
