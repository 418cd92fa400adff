package dev.drydock.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules by which PostgreSQL reads a name. */
final class Identifier {

  /** {@code NAMEDATALEN} less the byte that ends a name. */
  private static final int MOST_BYTES = 63;

  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:(\\\\)|([0-9A-Fa-f]{4})|\\+([0-9A-Fa-f]{6}))");

  private Identifier() {}

  /**
   * The name that {@code written} stands for: in lower case unless it is in quotes, and cut off
   * where the server cuts it off. Only ASCII letters are folded, as the server does for UTF-8.
   */
  static String fold(String written) {
    if (written.startsWith("\"")) {
      return cut(unquote(written));
    }
    if (written.length() > 2 && written.charAt(1) == '&') {
      int close = written.lastIndexOf('"') + 1;
      return cut(unescape(unquote(written.substring(2, Math.max(close, 2)))));
    }
    StringBuilder folded = new StringBuilder(written.length());
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return cut(folded.toString());
  }

  private static String unquote(String quoted) {
    int end = quoted.length() > 1 && quoted.endsWith("\"") ? quoted.length() - 1 : quoted.length();
    return quoted.substring(Math.min(1, end), end).replace("\"\"", "\"");
  }

  private static String unescape(String name) {
    Matcher escape = ESCAPE.matcher(name);
    StringBuilder plain = new StringBuilder();
    while (escape.find()) {
      String digits = escape.group(2) != null ? escape.group(2) : escape.group(3);
      int codePoint = digits == null ? '\\' : Integer.parseInt(digits, 16);
      String character =
          Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : escape.group();
      escape.appendReplacement(plain, Matcher.quoteReplacement(character));
    }
    return escape.appendTail(plain).toString();
  }

  private static String cut(String name) {
    int bytes = 0;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int codePoint = name.codePointAt(i);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (bytes > MOST_BYTES) {
        return name.substring(0, i);
      }
    }
    return name;
  }
}
