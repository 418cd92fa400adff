package dev.drydock.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text from a migration, a file name or a server, made safe to print: what a terminal would obey or
 * hide is spelled out instead.
 */
final class VisibleText {
  static final String GAP = "...";

  /** Longer than any identifier a server accepts, so that only freaks are shortened. */
  private static final int LONGEST_WORD = 160;

  private static final Pattern LONG_WORD = Pattern.compile("\\S{" + (LONGEST_WORD + 1) + ",}");

  private VisibleText() {}

  /**
   * Whether a code point acts on a terminal or a reader instead of being seen: control characters
   * (ESC, C1, DEL and line breaks among them), the bidirectional controls with which source can be
   * made to read otherwise than it runs, other invisible format characters, and halves of surrogate
   * pairs.
   *
   * <p>Joiners stay: emoji and several scripts are spelled with them.
   */
  static boolean hidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D;
      default -> isBlank(codePoint);
    };
  }

  /**
   * Letters and marks that fonts leave out (Unicode's {@code Default_Ignorable_Code_Point}): two
   * names that differ in them alone look the same. The two selectors that emoji are spelled with
   * stay.
   */
  private static boolean isBlank(int codePoint) {
    return switch (codePoint) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0 -> true;
      default ->
          (codePoint >= 0x180B && codePoint <= 0x180F)
              || (codePoint >= 0xFE00 && codePoint <= 0xFE0D)
              || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    };
  }

  /** How a {@linkplain #hidden hidden} code point is shown. */
  static String escape(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          Character.isBmpCodePoint(codePoint)
              ? "\\u%04x".formatted(codePoint)
              : "\\u{%x}".formatted(codePoint);
    };
  }

  /** One line that shows all of {@code text}. */
  static String line(String text) {
    int first = firstHidden(text);
    if (first < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first, codePoint; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (hidden(codePoint)) {
        shown.append(escape(codePoint));
      } else {
        shown.appendCodePoint(codePoint);
      }
    }
    return shown.toString();
  }

  /** One line, in which words no name could be are shortened in the middle. */
  static String sentence(String text) {
    String shown = line(text);
    return LONG_WORD
        .matcher(shown)
        .replaceAll(word -> Matcher.quoteReplacement(shortened(word.group())));
  }

  private static String shortened(String word) {
    int head = LONGEST_WORD * 2 / 3;
    int tail = LONGEST_WORD / 6;
    return word.substring(0, atBoundary(word, head))
        + GAP
        + word.substring(atBoundary(word, word.length() - tail));
  }

  /** The text, or what of its beginning has room in so many characters. */
  static String cut(String text, int most) {
    return text.length() <= most ? text : beginning(text, most - GAP.length());
  }

  /** So many characters of the text, and a sign where there are more. */
  static String beginning(String text, int most) {
    return text.length() <= most ? text : text.substring(0, atBoundary(text, most)) + GAP;
  }

  /** The nearest index at or before {@code index} that does not part a surrogate pair. */
  static int atBoundary(CharSequence text, int index) {
    boolean inside =
        index > 0
            && index < text.length()
            && Character.isLowSurrogate(text.charAt(index))
            && Character.isHighSurrogate(text.charAt(index - 1));
    return inside ? index - 1 : index;
  }

  private static int firstHidden(String text) {
    for (int i = 0, codePoint; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (hidden(codePoint)) {
        return i;
      }
    }
    return -1;
  }
}
