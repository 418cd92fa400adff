package dev.drydock.source;

/**
 * Cuts PostgreSQL text into the lexical elements that decide where a statement ends and which words
 * it begins with.
 *
 * <p>The rules are those of the server's scanner ({@code src/backend/parser/scan.l}), with {@code
 * standard_conforming_strings} on unless somebody says otherwise. Every character belongs to
 * exactly one token, each token is looked at a bounded number of times, and nothing is copied.
 */
public final class PostgresLexer {

  /** What a token is. */
  public enum Token {
    SPACE,
    COMMENT,
    /** A keyword or an identifier without quotes. */
    WORD,
    /** An identifier in double quotes. */
    QUOTED,
    /** A string constant, in quotes or between dollar tags. */
    STRING,
    NUMBER,
    /** One character of an operator or of punctuation, or one the server does not know. */
    SYMBOL,
    /** A comment that never ends: not white space, for the server refuses it. */
    BROKEN,
    END
  }

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CharSequence text;
  private final int limit;
  private int start;
  private int end;
  private boolean afterPrefix;
  private boolean backslashes;

  /** Reads {@code text} from offset {@code from} up to offset {@code to}. */
  public PostgresLexer(CharSequence text, int from, int to) {
    this.text = text;
    this.limit = to;
    this.start = from;
    this.end = from;
  }

  /** Reads all of {@code text}. */
  public PostgresLexer(CharSequence text) {
    this(text, 0, text.length());
  }

  /** {@code text} with a space in place of each comment outside of strings. */
  public static String withoutComments(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    PostgresLexer lexer = new PostgresLexer(text);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.COMMENT) {
        bare.append(' ');
      } else {
        bare.append(text, lexer.start(), lexer.end());
      }
    }
    return bare.toString();
  }

  /** Offset of the token's first character. */
  public int start() {
    return start;
  }

  /** Offset after the token's last character. */
  public int end() {
    return end;
  }

  /** The first character of the token. */
  public char first() {
    return text.charAt(start);
  }

  /** Whether the token is the word {@code upperCase}, in any case. */
  public boolean is(String upperCase) {
    if (end - start != upperCase.length()) {
      return false;
    }
    for (int i = 0; i < upperCase.length(); i++) {
      if (upper(text.charAt(start + i)) != upperCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The token in upper case, ASCII letters alone, which is how the server compares keywords. */
  public String upper() {
    StringBuilder word = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      word.append(upper(text.charAt(i)));
    }
    return word.toString();
  }

  /** How many parentheses the token opens: 1, none, or -1 for one that closes one. */
  public int nesting() {
    return switch (at(start)) {
      case '(' -> 1;
      case ')' -> -1;
      default -> 0;
    };
  }

  /** How long the quote or dollar tag is that opens the string constant which the token is. */
  public int quoteLength() {
    return first() == '$' ? afterDollarTag(start) - start : 1;
  }

  /** Goes on at {@code offset}, for text that is not SQL (the rows of a COPY). */
  public void resume(int offset) {
    start = offset;
    end = offset;
    afterPrefix = false;
  }

  /** Whether a backslash escapes in every string: {@code standard_conforming_strings} is off. */
  public void escapeByBackslash(boolean everywhere) {
    backslashes = everywhere;
  }

  /** Moves to the next token that is neither white space nor a comment. */
  public Token nextSignificant() {
    Token token = next();
    while (token == Token.SPACE || token == Token.COMMENT) {
      token = next();
    }
    return token;
  }

  /** Moves to the next token. */
  public Token next() {
    start = end;
    if (start >= limit) {
      return Token.END;
    }
    boolean escapes = afterPrefix || backslashes;
    afterPrefix = false;
    char c = text.charAt(start);
    if (c == '\'') {
      end = escapes ? afterEscapeString(start) : afterQuote(start, '\'');
      return Token.STRING;
    }
    if (isSpace(c) || (c == BYTE_ORDER_MARK && start == 0)) {
      end = start + 1;
      while (end < limit && isSpace(text.charAt(end))) {
        end++;
      }
      return Token.SPACE;
    }
    if (isWordStart(c)) {
      end = afterWord(start);
      // E'...' knows backslash escapes; no other prefix (B, N, X, U&) changes where a string ends.
      afterPrefix = end - start == 1 && upper(c) == 'E' && at(end) == '\'';
      return Token.WORD;
    }
    if (isDigit(c)) {
      end = start + 1;
      while (end < limit && isDigit(text.charAt(end))) {
        end++;
      }
      return Token.NUMBER;
    }
    return punctuation(c);
  }

  private Token punctuation(char c) {
    if (c == '"') {
      end = afterQuote(start, '"');
      return Token.QUOTED;
    }
    if (c == '-' && at(start + 1) == '-') {
      end = start + 2;
      while (end < limit && !isLineBreak(text.charAt(end))) {
        end++;
      }
      return Token.COMMENT;
    }
    if (c == '/' && at(start + 1) == '*') {
      return blockComment();
    }
    if (c == '$') {
      int tagEnd = afterDollarTag(start);
      if (tagEnd > start) {
        end = afterDollarString(start, tagEnd);
        return Token.STRING;
      }
    }
    end = start + 1;
    return Token.SYMBOL;
  }

  private Token blockComment() {
    int depth = 1;
    int at = start + 2;
    while (at < limit) {
      char c = text.charAt(at);
      if (c == '*' && at(at + 1) == '/') {
        at += 2;
        depth--;
        if (depth == 0) {
          end = at;
          return Token.COMMENT;
        }
      } else if (c == '/' && at(at + 1) == '*') {
        at += 2;
        depth++;
      } else {
        at++;
      }
    }
    end = limit;
    return Token.BROKEN;
  }

  private int afterWord(int from) {
    int at = from + 1;
    while (at < limit && isWordPart(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** After the quoted text that begins at {@code open}; a doubled quote stands for itself. */
  private int afterQuote(int open, char quote) {
    int at = open + 1;
    while (at < limit) {
      if (text.charAt(at) != quote) {
        at++;
      } else if (at(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return limit;
  }

  private int afterEscapeString(int open) {
    int at = open + 1;
    while (at < limit) {
      char c = text.charAt(at);
      if (c == '\\') {
        at += 2;
      } else if (c != '\'') {
        at++;
      } else if (at(at + 1) == '\'') {
        at += 2;
      } else {
        int continued = continuation(at + 1);
        if (continued < 0) {
          return at + 1;
        }
        at = continued + 1;
      }
    }
    return limit;
  }

  /**
   * The quote that continues a string ended before {@code from}, or -1: strings with nothing but
   * white space and a line break between them are one string, whose escapes go on.
   */
  private int continuation(int from) {
    boolean lineBreak = false;
    int at = from;
    while (at < limit) {
      char c = text.charAt(at);
      if (isSpace(c)) {
        lineBreak |= isLineBreak(c);
        at++;
      } else if (c == '-' && at(at + 1) == '-') {
        while (at < limit && !isLineBreak(text.charAt(at))) {
          at++;
        }
      } else {
        return c == '\'' && lineBreak ? at : -1;
      }
    }
    return -1;
  }

  /** After {@code $tag$} at {@code from}, or {@code from} when there is none. */
  private int afterDollarTag(int from) {
    int at = from + 1;
    if (at < limit && isWordStart(text.charAt(at))) {
      at++;
      while (at < limit && isTagPart(text.charAt(at))) {
        at++;
      }
    }
    return at(at) == '$' ? at + 1 : from;
  }

  private int afterDollarString(int tagStart, int tagEnd) {
    int length = tagEnd - tagStart;
    for (int at = tagEnd; at + length <= limit; at++) {
      // A tag holds no dollar sign but its first and last, so no character is compared twice over.
      if (text.charAt(at) == '$' && sameTag(tagStart, at, length)) {
        return at + length;
      }
    }
    return limit;
  }

  private boolean sameTag(int tagStart, int at, int length) {
    for (int i = 1; i < length; i++) {
      if (text.charAt(at + i) != text.charAt(tagStart + i)) {
        return false;
      }
    }
    return true;
  }

  private char at(int offset) {
    return offset < limit ? text.charAt(offset) : 0;
  }

  public static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  public static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || isDigit(c) || c == '$';
  }

  private static boolean isTagPart(char c) {
    return isWordStart(c) || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
  }
}
