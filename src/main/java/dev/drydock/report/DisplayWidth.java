package dev.drydock.report;

import java.util.Arrays;

/**
 * How many cells of a terminal a character takes, as wcwidth(3) counts: code point by code point,
 * so that a sequence of emoji joined into one picture counts as its parts. Terminals disagree about
 * those.
 */
final class DisplayWidth {
  /**
   * First and last code point of each block that is wide throughout (Unicode's East Asian Width W
   * and F), without the emoji, which the JDK knows.
   */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2329, 0x232A, 0x2E80, 0x303E, 0x3041, 0x3247, 0x3250, 0x4DBF, 0x4E00, 0xA4CF,
    0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60,
    0xFFE0, 0xFFE6, 0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FF, 0x1F200, 0x1F265, 0x20000, 0x3FFFD
  };

  private static final int FIRST_REGIONAL_INDICATOR = 0x1F1E6;
  private static final int LAST_REGIONAL_INDICATOR = 0x1F1FF;

  private DisplayWidth() {}

  static int of(int codePoint) {
    if (codePoint < 0x300) {
      return 1;
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || codePoint >= 0x1160 && codePoint <= 0x11FF) {
      return 0;
    }
    return wide(codePoint) ? 2 : 1;
  }

  static int of(String text) {
    int cells = 0;
    for (int i = 0, codePoint; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      cells += of(codePoint);
    }
    return cells;
  }

  /** {@code text} and as many blanks as fill {@code cells}. */
  static String padded(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - of(text)));
  }

  /** {@code text}, or its beginning and end around a gap, in at most {@code cells}. */
  static String fitted(String text, int cells) {
    if (of(text) <= cells) {
      return text;
    }
    int tail = (cells - VisibleText.GAP.length()) * 2 / 3;
    int head = cells - VisibleText.GAP.length() - tail;
    int end = 0;
    for (int used = 0; ; ) {
      int codePoint = text.codePointAt(end);
      used += of(codePoint);
      if (used > head) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    int start = text.length();
    for (int used = 0; ; ) {
      int codePoint = text.codePointBefore(start);
      used += of(codePoint);
      if (used > tail) {
        break;
      }
      start -= Character.charCount(codePoint);
    }
    return text.substring(0, end) + VisibleText.GAP + text.substring(start);
  }

  private static boolean wide(int codePoint) {
    int found = Arrays.binarySearch(WIDE, codePoint);
    boolean inBlock = found >= 0 || found % 2 == 0;
    return inBlock
        || Character.isEmojiPresentation(codePoint)
            && !(codePoint >= FIRST_REGIONAL_INDICATOR && codePoint <= LAST_REGIONAL_INDICATOR);
  }
}
