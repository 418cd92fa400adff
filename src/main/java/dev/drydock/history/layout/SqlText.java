package dev.drydock.history.layout;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of an SQL file without what is quoted or commented out, for finding words that count.
 *
 * <p>It reads all files as PostgreSQL does. Those for another database may quote otherwise, so that
 * of them less is known.
 */
public final class SqlText {
  private static final Pattern QUERY =
      Pattern.compile("(?i)(?:select|with|values|table|explain|show)\\b.*", Pattern.DOTALL);

  /** Words of commands that write, wherever they stand: {@code SELECT … INTO} makes a table. */
  private static final Pattern WRITES =
      Pattern.compile("(?i)\\b(?:insert|update|delete|merge|into)\\b");

  private static final Pattern SETTING =
      Pattern.compile(
          "(?is)set\\s+(?:session\\s+|local\\s+)?("
              + "(?:lock|statement|idle_in_transaction_session)_timeout\\s*(?:=|\\bto\\b)\\s*(?:\\d{1,9}|'\\d{1,9}\\s*(?:ms|s|min|h)?')"
              + "|(?:application_name|(?!drydock)[a-z]\\w*\\.\\w+)\\s*(?:=|\\bto\\b)\\s*'[^'\\\\]*'"
              + "|search_path\\s*(?:=|\\bto\\b)\\s*[\\w\", ]+)\\s*");

  private static final Pattern META = Pattern.compile("(?m)^[ \\t]*\\\\.*$");

  /** The end of rows that follow a {@code COPY}. */
  private static final Pattern ROWS = Pattern.compile("(?m)^\\\\\\.");

  private SqlText() {}

  /**
   * {@code text} with a space in place of each comment, string and dollar-quoted body, and what is
   * no keyword in place of each quoted name.
   */
  public static String bare(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    PostgresLexer lexer = new PostgresLexer(text);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      switch (token) {
        case COMMENT, BROKEN, STRING -> bare.append(' ');
        case QUOTED -> appendName(bare, text, lexer);
        case SPACE, WORD, NUMBER, SYMBOL, END -> bare.append(text, lexer.start(), lexer.end());
      }
    }
    return bare.toString();
  }

  /**
   * A statement.
   *
   * @param start where its first word begins, comments not counted
   * @param bare as {@link SqlText#bare} has it
   */
  record Bare(int start, String bare) {}

  /** The statements of a text, as semicolons divide them. */
  static List<Bare> statements(String text) {
    List<Bare> statements = new ArrayList<>();
    PostgresLexer lexer = new PostgresLexer(text);
    int start = -1;
    for (Token token = lexer.nextSignificant(); ; token = lexer.nextSignificant()) {
      boolean ends = token == Token.END || (token == Token.SYMBOL && lexer.first() == ';');
      if (ends && start >= 0) {
        statements.add(new Bare(start, bare(text.substring(start, lexer.start()))));
        start = -1;
      } else if (!ends && start < 0) {
        start = lexer.start();
      }
      if (token == Token.END) {
        return statements;
      }
    }
  }

  /** The settings of a session that a text makes and that any role may make, as SQL. */
  public static String settings(String text) {
    return statements(text).stream()
        .map(statement -> text.substring(statement.start()).split(";", 2)[0])
        .map(SETTING::matcher)
        .filter(Matcher::matches)
        .map(setting -> "; set " + setting.group(1))
        .collect(Collectors.joining());
  }

  private static void appendName(StringBuilder bare, String text, PostgresLexer lexer) {
    for (int i = lexer.start(); i < lexer.end(); i++) {
      boolean end = i == lexer.start() || (i == lexer.end() - 1 && text.charAt(i) == '"');
      bare.append(end ? '"' : '_');
    }
  }

  /**
   * Whether two texts have the same statements, whatever comments and lines are around them. Rows
   * of a {@code COPY} are no statements, so texts with them have to have the same lines.
   */
  static boolean isSame(String one, String other) {
    return sameLines(one, other)
        || (!ROWS.matcher(one).find()
            && !ROWS.matcher(other).find()
            && tokens(one).equals(tokens(other)));
  }

  /** Whether two texts have the same lines, whatever ends them. */
  static boolean sameLines(String base, String head) {
    return base.replace("\r\n", "\n").equals(head.replace("\r\n", "\n"));
  }

  /** The tokens, with what is between two of them where that tells one from another. */
  private static List<String> tokens(String text) {
    String lines = text.replace("\r\n", "\n");
    List<String> tokens = new ArrayList<>();
    PostgresLexer lexer = new PostgresLexer(lines);
    Token before = Token.END;
    StringBuilder between = new StringBuilder();
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.SPACE || token == Token.COMMENT) {
        between.append(lines, lexer.start(), lexer.end());
        continue;
      }
      boolean joins =
          token == before && (token == Token.SYMBOL || token == Token.STRING)
              || token == Token.STRING && before == Token.WORD;
      if (joins && !between.isEmpty()) {
        tokens.add(between.indexOf("\n") < 0 ? " " : "\n");
      }
      tokens.add(lines.substring(lexer.start(), lexer.end()));
      between.setLength(0);
      before = token;
    }
    return tokens;
  }

  /** What a file beside this class holds. */
  static String resource(String name) {
    try (InputStream sql = SqlText.class.getResourceAsStream(name)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the text has queries and nothing else; what psql does with them is no matter. */
  public static boolean isOnlyQueries(String text) {
    String sql = META.matcher(bare(text)).replaceAll("");
    List<String> statements =
        Stream.of(sql.split(";")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    return !statements.isEmpty()
        && statements.stream().allMatch(part -> QUERY.matcher(part).matches())
        && !WRITES.matcher(sql).find();
  }
}
