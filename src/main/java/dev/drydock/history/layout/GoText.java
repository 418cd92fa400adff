package dev.drydock.history.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a Go file, for the SQL that stands in its strings. */
public final class GoText {
  /** A comment, a string of either kind, or a character in quotes. */
  private static final Pattern PIECE =
      Pattern.compile(
          "//[^\\n]*|/\\*(?s:.*?)\\*/|`([^`]*)`|\"((?:[^\"\\\\\\n]|\\\\.)*+)\"|'(?:[^'\\\\\\n]|\\\\.)*+'");

  private static final Pattern SQL =
      Pattern.compile(
          "(?is)(?:create|alter|drop)\\s+(?:or\\s+replace\\s+|unique\\s+|global\\s+|temp(?:orary)?\\s+|unlogged\\s+"
              + "|materialized\\s+)*+(?:table|index|view|type|schema|sequence|function|procedure|trigger|extension|policy"
              + "|domain|role)\\b.*|insert\\s+into\\b.*|update\\s.*\\bset\\b.*|delete\\s+from\\b.*|truncate\\b.*"
              + "|(?:grant|revoke)\\s.*\\b(?:to|from)\\b.*|(?:with|select|do|comment\\s+on)\\b.*");

  /** What makes a message for people of a text. */
  private static final Pattern MESSAGE = Pattern.compile("%[wv]");

  private GoText() {}

  /** The strings that are statements, with one space for each run of blanks. */
  public static List<String> statements(String text) {
    List<String> statements = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    while (piece.find()) {
      String string = piece.group(1) != null ? piece.group(1) : piece.group(2);
      if (string != null && !MESSAGE.matcher(string).find()) {
        String sql = SqlText.bare(string).strip();
        if (SQL.matcher(sql).matches()) {
          statements.add(string.strip().replaceAll("\\s+", " "));
        }
      }
    }
    return statements;
  }
}
