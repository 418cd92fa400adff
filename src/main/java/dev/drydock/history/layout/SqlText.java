package dev.drydock.history.layout;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text of an SQL file without what is quoted or commented out, for finding words that count.
 *
 * <p>It knows enough of quoting to look at the right words and no more; telling statements apart is
 * another stage's work.
 */
final class SqlText {
  private static final Pattern QUERY =
      Pattern.compile("(?i)(?:select|with|values|table|explain|show)\\b.*", Pattern.DOTALL);

  /** Words of commands that write, wherever they stand: {@code SELECT … INTO} makes a table. */
  private static final Pattern WRITES =
      Pattern.compile("(?i)\\b(?:insert|update|delete|merge|into)\\b");

  private static final Pattern META = Pattern.compile("(?m)^[ \\t]*\\\\.*$");

  private SqlText() {}

  /** {@code text} with a space in place of each comment, string and dollar-quoted body. */
  static String bare(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int end = quotedEnd(text, i);
      if (end > i) {
        bare.append(' ');
        i = end;
      } else {
        bare.append(text.charAt(i++));
      }
    }
    return bare.toString();
  }

  /** Whether the text has queries and nothing else; what psql does with them is no matter. */
  static boolean isOnlyQueries(String text) {
    String sql = META.matcher(bare(text)).replaceAll("");
    List<String> statements =
        Stream.of(sql.split(";")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    return !statements.isEmpty()
        && statements.stream().allMatch(part -> QUERY.matcher(part).matches())
        && !WRITES.matcher(sql).find();
  }

  /** Where the comment, string or body that begins at {@code at} ends; {@code at} if none does. */
  private static int quotedEnd(String text, int at) {
    char c = text.charAt(at);
    char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (c == '-' && next == '-') {
      return find(text, "\n", at);
    }
    if (c == '/' && next == '*') {
      return commentEnd(text, at);
    }
    if (c == '\'') {
      return find(text, "'", at + 1);
    }
    if (c == '$') {
      int tag = at + 1;
      while (tag < text.length() && isWord(text.charAt(tag))) {
        tag++;
      }
      boolean inName = at > 0 && isWord(text.charAt(at - 1));
      if (!inName && tag < text.length() && text.charAt(tag) == '$') {
        return find(text, text.substring(at, tag + 1), tag + 1);
      }
    }
    return at;
  }

  private static int commentEnd(String text, int at) {
    int depth = 0;
    for (int i = at; i + 1 < text.length(); i++) {
      if (text.charAt(i) == '/' && text.charAt(i + 1) == '*') {
        depth++;
        i++;
      } else if (text.charAt(i) == '*' && text.charAt(i + 1) == '/') {
        depth--;
        i++;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return text.length();
  }

  private static int find(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
