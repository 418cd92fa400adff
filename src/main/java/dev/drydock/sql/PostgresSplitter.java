package dev.drydock.sql;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a PostgreSQL script, one at a time and in one pass, found as {@code psql -f}
 * finds them.
 *
 * <p>It differs from psql where psql guesses and the server knows better: a semicolon in
 * parentheses belongs to the statement in a {@code CREATE RULE} alone, so that a parenthesis left
 * open spoils one statement and not the rest of the file, and only {@code BEGIN ATOMIC} opens a
 * function body. What psql alone accepts inside a statement, {@code \;} for one, is left to fail.
 */
final class PostgresSplitter implements Iterator<Fragment> {

  /** The psql commands that send what was typed before them, as a semicolon does. */
  private static final Set<String> SENDING =
      Set.of(
          "g",
          "gx",
          "gdesc",
          "gexec",
          "gset",
          "crosstabview",
          "watch",
          "bind",
          "bind_named",
          "parse",
          "sendpipeline");

  /**
   * Comments at which a tool ends a statement, with or without a semicolon before: Drizzle, goose
   * and sql-migrate.
   */
  private static final Pattern ENDING =
      Pattern.compile(
          "--> statement-breakpoint.*|--[ \\t]*\\+(?:goose|migrate)[ \\t]+StatementEnd\\s*");

  /** A change of whether a backslash in a plain string escapes; how long it lasts, and to what. */
  private static final Pattern STRINGS =
      Pattern.compile(
          "(?i)set\\s+(?:session\\s+|(local)\\s+)?standard_conforming_strings\\s*(?:=|\\sto\\s)\\s*'?(\\w+)'?"
              + "|reset\\s+(?:standard_conforming_strings|all)|discard\\s+all");

  private static final Set<String> OFF = Set.of("off", "false", "no", "0");
  private static final Set<String> ENDS = Set.of("commit", "end", "rollback", "abort");
  private static final int LONGEST_SETTING = 100;

  /** What the first words of a statement say about semicolons in it. */
  private enum Shape {
    PLAIN,
    /** After CREATE, or CREATE OR, or CREATE OR REPLACE: not known yet. */
    CREATE,
    /** CREATE FUNCTION or PROCEDURE: may have a body between BEGIN ATOMIC and END. */
    ROUTINE,
    /** CREATE RULE: may have statements in parentheses. */
    RULE,
    /** COPY: may be followed by rows. */
    COPY
  }

  private final CharSequence text;
  private final int limit;
  private final PostgresLexer lexer;

  private Shape shape;
  private int words;
  private int parentheses;

  /** Open BEGIN ATOMIC and CASE: both close with END. */
  private int blocks;

  /** Whether what the file said of plain strings holds for its transaction alone. */
  private boolean local;

  private boolean begin;

  /** The word before was AS or the character a dot, so that a keyword is a name here. */
  private boolean label;

  /** The token before was a number, whose point is no dot before a name: 1. */
  private boolean number;

  private boolean from;
  private boolean rows;

  /** Splits {@code text} between the offsets {@code from} and {@code to}. */
  PostgresSplitter(CharSequence text, int from, int to) {
    this.text = text;
    this.limit = to;
    this.lexer = new PostgresLexer(text, from, to);
  }

  @Override
  public boolean hasNext() {
    return lexer.end() < limit;
  }

  @Override
  public Fragment next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no statement after offset " + limit);
    }
    reset();
    int start = lexer.end();
    int textStart = -1;
    int textEnd = -1;
    while (true) {
      Token token = lexer.next();
      if (token == Token.END) {
        return textStart < 0
            ? fragment(Statement.Kind.SQL, start, limit, limit, limit)
            : fragment(kind(), start, textStart, textEnd, limit);
      }
      if (token == Token.COMMENT && textStart >= 0 && !isInside() && isEnding()) {
        lexer.resume(lexer.start());
        return fragment(kind(), start, textStart, textEnd, lexer.end());
      }
      if (token == Token.SPACE || token == Token.COMMENT) {
        continue;
      }
      char c = token == Token.SYMBOL ? lexer.first() : 0;
      if (c == ';' && !isInside()) {
        return terminated(start, textStart, textEnd);
      }
      if (c == '\\') {
        if (textStart < 0) {
          return meta(start);
        }
        if (!isInside() && SENDING.contains(metaName(lexer.end()))) {
          lexer.resume(lexer.start());
          return fragment(kind(), start, textStart, textEnd, lexer.end());
        }
      }
      observe(token, c);
      if (textStart < 0) {
        textStart = lexer.start();
      }
      textEnd = lexer.end();
    }
  }

  /** The semicolon was read. */
  private Fragment terminated(int start, int textStart, int textEnd) {
    if (textStart < 0) {
      return fragment(Statement.Kind.SQL, start, lexer.start(), lexer.start(), lexer.end());
    }
    if (rows) {
      return copy(start, textStart, textEnd);
    }
    if (textEnd - textStart <= LONGEST_SETTING) {
      follow(text.subSequence(textStart, textEnd).toString());
    }
    return fragment(Statement.Kind.SQL, start, textStart, textEnd, lexer.end());
  }

  /** Reads the strings that follow as the server does once it has run the statement. */
  private void follow(String statement) {
    Matcher strings = STRINGS.matcher(statement);
    if (strings.matches()) {
      local = strings.group(1) != null;
      lexer.escapeByBackslash(
          strings.group(2) != null && OFF.contains(strings.group(2).toLowerCase(Locale.ROOT)));
    } else if (local && ENDS.contains(statement.split("\\s", 2)[0].toLowerCase(Locale.ROOT))) {
      local = false;
      lexer.escapeByBackslash(false);
    }
  }

  private void reset() {
    shape = Shape.PLAIN;
    words = 0;
    parentheses = 0;
    blocks = 0;
    begin = false;
    label = false;
    number = false;
    from = false;
    rows = false;
  }

  private boolean isEnding() {
    return ENDING.matcher(text.subSequence(lexer.start(), lexer.end())).matches();
  }

  /** Whether a semicolon here belongs to the statement. */
  private boolean isInside() {
    return blocks > 0 || (shape == Shape.RULE && parentheses > 0);
  }

  private Statement.Kind kind() {
    return rows ? Statement.Kind.COPY : Statement.Kind.SQL;
  }

  private void observe(Token token, char symbol) {
    boolean name = label;
    label = symbol == '.' && !number;
    // Not that of a parameter: $1.end is a field of it.
    number = token == Token.NUMBER && (lexer.start() == 0 || at(lexer.start() - 1) != '$');
    if (token == Token.WORD) {
      word(name);
    } else {
      begin = false;
      from = false;
      if (words < 4) {
        // The shape of a statement is in its first words, with nothing between them.
        words = 4;
      }
      if (symbol == '(') {
        parentheses++;
      } else if (symbol == ')' && parentheses > 0) {
        parentheses--;
      }
    }
  }

  private void word(boolean name) {
    if (words < 4) {
      words++;
      shape = shape(words);
    }
    boolean afterBegin = begin;
    boolean afterFrom = from;
    begin = false;
    from = false;
    switch (shape) {
      case ROUTINE -> {
        if (blocks == 0) {
          begin = parentheses == 0 && lexer.is("BEGIN");
          blocks = afterBegin && lexer.is("ATOMIC") ? 1 : 0;
        } else if (!name && lexer.is("CASE")) {
          blocks++;
        } else if (!name && lexer.is("END")) {
          blocks--;
        }
        label = lexer.is("AS");
      }
      case COPY -> {
        from = parentheses == 0 && lexer.is("FROM");
        // To the server stdin and stdout are one word; the direction is in FROM and TO.
        rows |= afterFrom && (lexer.is("STDIN") || lexer.is("STDOUT"));
      }
      case PLAIN, CREATE, RULE -> {}
    }
  }

  private Shape shape(int position) {
    if (position == 1) {
      return lexer.is("CREATE") ? Shape.CREATE : lexer.is("COPY") ? Shape.COPY : Shape.PLAIN;
    }
    if (shape != Shape.CREATE) {
      return shape;
    }
    if (lexer.is("FUNCTION") || lexer.is("PROCEDURE")) {
      return Shape.ROUTINE;
    }
    if (lexer.is("RULE")) {
      return Shape.RULE;
    }
    return lexer.is("OR") || lexer.is("REPLACE") ? Shape.CREATE : Shape.PLAIN;
  }

  private static Fragment fragment(
      Statement.Kind kind, int start, int textStart, int textEnd, int end) {
    return new Fragment(kind, start, textStart, textEnd, textEnd, textEnd, end);
  }

  /** The terminator was read: the rows begin on the next line. */
  private Fragment copy(int start, int textStart, int textEnd) {
    int terminated = lexer.end();
    int data = afterLine(terminated);
    if (data < 0) {
      return fragment(Statement.Kind.COPY, start, textStart, textEnd, terminated);
    }
    return rows(Statement.Kind.COPY, start, textStart, textEnd, data);
  }

  private Fragment rows(Statement.Kind kind, int start, int textStart, int textEnd, int data) {
    int line = data;
    while (line < limit) {
      if (at(line) == '\\' && at(line + 1) == '.' && isLineEnd(line + 2)) {
        lexer.resume(Math.min(line + 2, limit));
        return new Fragment(kind, start, textStart, textEnd, data, line, lexer.end());
      }
      line = nextLine(line);
    }
    lexer.resume(limit);
    return new Fragment(kind, start, textStart, textEnd, data, limit, limit);
  }

  /**
   * The line after the one that {@code offset} is on, or -1 when a statement follows on the same
   * line: psql would run that one after the rows, and nothing else knows rows in a script, so they
   * are left to fail where they stand.
   */
  private int afterLine(int offset) {
    PostgresLexer rest = new PostgresLexer(text, offset, limit);
    int at = offset;
    while (at < limit) {
      char c = text.charAt(at);
      if (PostgresLexer.isLineBreak(c)) {
        return nextLine(at);
      }
      if (PostgresLexer.isSpace(c)) {
        at++;
        continue;
      }
      rest.resume(at);
      if (rest.next() != Token.COMMENT) {
        return -1;
      }
      at = rest.end();
    }
    return -1;
  }

  /** A backslash outside a statement: the rest of the line is for psql. */
  private Fragment meta(int start) {
    int textStart = lexer.start();
    int lineEnd = lineEnd(textStart);
    int textEnd = lineEnd;
    while (PostgresLexer.isSpace(text.charAt(textEnd - 1))) {
      textEnd--;
    }
    lexer.resume(lineEnd);
    if (lineEnd < limit && copiesIn(textStart, textEnd)) {
      return rows(Statement.Kind.META, start, textStart, textEnd, nextLine(lineEnd));
    }
    return fragment(Statement.Kind.META, start, textStart, textEnd, lineEnd);
  }

  /** Whether the meta command is a {@code \copy ... from stdin}, whose rows follow it. */
  private boolean copiesIn(int textStart, int textEnd) {
    if (!metaName(textStart + 1).equals("copy")) {
      return false;
    }
    PostgresLexer line = new PostgresLexer(text, textStart + 1, textEnd);
    int depth = 0;
    boolean from = false;
    for (Token token = line.next(); token != Token.END; token = line.next()) {
      if (token == Token.SPACE) {
        continue;
      }
      if (from && line.is("STDIN")) {
        return true;
      }
      from = depth == 0 && line.is("FROM");
      depth += line.nesting();
    }
    return false;
  }

  private String metaName(int from) {
    int end = from;
    while ((at(end) >= 'a' && at(end) <= 'z') || at(end) == '_') {
      end++;
    }
    return text.subSequence(from, end).toString();
  }

  private boolean isLineEnd(int offset) {
    return offset >= limit || PostgresLexer.isLineBreak(text.charAt(offset));
  }

  private int lineEnd(int from) {
    int at = from;
    while (!isLineEnd(at)) {
      at++;
    }
    return at;
  }

  private int nextLine(int from) {
    int end = lineEnd(from);
    if (at(end) == '\r' && at(end + 1) == '\n') {
      return end + 2;
    }
    return Math.min(end + 1, limit);
  }

  private char at(int offset) {
    return offset < limit ? text.charAt(offset) : 0;
  }
}
