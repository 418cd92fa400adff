package dev.drydock.sql;

import dev.drydock.history.Migration;
import dev.drydock.source.Location;
import java.util.List;
import java.util.Locale;
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

  /**
   * Whether the name occurs in it as a word, in whatever case; nothing is said of what it names.
   */
  public boolean mentions(String name) {
    String all = text.toLowerCase(Locale.ROOT);
    String word = name.toLowerCase(Locale.ROOT);
    for (int at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + 1)) {
      int end = at + word.length();
      if ((at == 0 || !Character.isUnicodeIdentifierPart(all.charAt(at - 1)))
          && (end == all.length() || !Character.isUnicodeIdentifierPart(all.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  /** The span of {@code part}, one of its {@link #syntax()}, in the file. */
  public Location location(Syntax.Part part) {
    return migration.file().location(start + part.start(), start + part.end());
  }

  /**
   * The token that an error of the server points at.
   *
   * @param position as the server gives it: in characters (not UTF-16 code units) of what was sent,
   *     from 1; one outside the statement gives its nearest end
   */
  public Location locationOf(int position) {
    String sent = sql.sql();
    int characters = Math.clamp(position - 1L, 0, sent.codePointCount(0, sent.length()));
    int offset = sent.offsetByCodePoints(0, characters);
    PostgresLexer lexer = new PostgresLexer(sent, 0, sent.length());
    while (lexer.next() != PostgresLexer.Token.END && lexer.end() <= offset) {
      // Up to the token that holds the offset; after the last one the span is empty.
    }
    int from = sql.sourceOffset(lexer.start());
    int to = Math.max(from, sql.sourceEnd(lexer.end()));
    return migration.file().location(start + from, start + to);
  }

  /** The same statement with more known of its text. */
  Statement with(Syntax known) {
    return new Statement(
        migration, index, kind, text, start, sql, copyData, location, known, directives);
  }
}
