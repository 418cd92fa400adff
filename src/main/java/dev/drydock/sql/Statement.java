package dev.drydock.sql;

import dev.drydock.history.Migration;
import dev.drydock.source.Location;
import dev.drydock.source.PostgresLexer;
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
 * @param copyData the rows of a {@code COPY ... FROM stdin} or {@code \copy}, as they stand in the
 *     file, the line {@code \.} not included; empty otherwise
 * @param location the span of {@code text}
 * @param directives the suppressions that apply to it, those for the whole file included; none that
 *     has a problem
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

  /** What it does to the transaction it is sent in. */
  public TransactionControl transactionControl() {
    return kind == Kind.META
        ? TransactionControl.NONE
        : TransactionControl.of(LeadingKeywords.of(sql.sql()));
  }

  /** Whether the name occurs in it as a word; nothing is said of what it names. */
  public boolean mentions(String name) {
    return Mention.of(name, text);
  }

  /** The words of {@code part}, one of its {@link #syntax()}. */
  public String text(Syntax.Part part) {
    return text.substring(part.start(), part.end());
  }

  /** The span of {@code part}, one of its {@link #syntax()}, in the file. */
  public Location location(Syntax.Part part) {
    return location(part.start(), part.end());
  }

  /** The span between two offsets of {@link #text()}, in the file. */
  public Location location(int from, int to) {
    return migration.file().location(start + from, start + to);
  }

  /**
   * The word at an offset of {@link #text()}, with the rest of a qualified name that it begins.
   *
   * @param offset from 0; at the end and after it, that of the last character
   */
  public Location locationAt(int offset) {
    int from = Math.clamp(offset, 0, Math.max(0, text.length() - 1));
    // Read from there on: it may lie in the body of a function, which is one string.
    PostgresLexer lexer = new PostgresLexer(text, from, text.length());
    PostgresLexer.Token token = lexer.next();
    int to = lexer.end();
    while (isName(token)) {
      to = lexer.end();
      boolean qualifies = lexer.next() == PostgresLexer.Token.SYMBOL && lexer.first() == '.';
      token = qualifies ? lexer.next() : PostgresLexer.Token.END;
    }
    return location(from, to);
  }

  private static boolean isName(PostgresLexer.Token token) {
    return token == PostgresLexer.Token.WORD || token == PostgresLexer.Token.QUOTED;
  }

  /** What stands before it in its file. */
  public String before() {
    return migration.file().text().substring(0, start);
  }

  /** The same statement with more known of its text. */
  Statement with(Syntax known) {
    return new Statement(
        migration, index, kind, text, start, sql, copyData, location, known, directives);
  }
}
