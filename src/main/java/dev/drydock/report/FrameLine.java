package dev.drydock.report;

import dev.drydock.source.SourceFile;

/**
 * One line of a file as it fits a terminal, and where a focus in it came to stand.
 *
 * @param text tabs expanded, hidden characters spelled out, cut to size
 * @param from cell of the first character of the focus, from 0
 * @param to cell after the last character of the focus, at least one more than {@code from}
 */
record FrameLine(String text, int from, int to) {
  static final int TAB = 4;

  /** Marks that take no cell must not make a line endless. */
  private static final int MOST_CHARS_PER_CELL = 8;

  private static final int GAP = VisibleText.GAP.length();
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * The line that holds {@code focusStart}, in at most {@code cells}; what is cut off is the part
   * farther from the focus. Reads no more of the file than it shows, for a file can be one line of
   * many megabytes.
   *
   * @param focusStart offset in the file
   * @param focusEnd offset on the same line, the end exclusive
   */
  static FrameLine of(SourceFile file, int line, int focusStart, int focusEnd, int cells) {
    int start = file.startOfLine(line);
    int end = endOf(file, line);
    Pen whole = new Pen(file.text(), start, end, focusStart, focusEnd);
    if (whole.write(cells) || whole.reached(focusEnd, cells - GAP)) {
      return whole.line();
    }
    int lead = cells / 4;
    if (whole.focusFrom >= 0 && whole.focusFrom <= lead + GAP) {
      // Cutting would bring no more of the focus into view.
      return whole.line();
    }
    int cut = before(file.text(), start, focusStart, lead);
    Pen part = new Pen(file.text(), cut, end, focusStart, focusEnd);
    part.shown.append(VisibleText.GAP);
    part.cell = GAP;
    part.write(cells);
    return part.line();
  }

  /** The offset that leaves {@code cells} of text before {@code offset}, on the same line. */
  private static int before(String text, int start, int offset, int cells) {
    int floor = (int) Math.max(start, offset - (long) cells * MOST_CHARS_PER_CELL);
    int used = 0;
    int cut = offset;
    while (cut > floor) {
      int codePoint = text.codePointBefore(cut);
      used += DisplayWidth.of(glyph(codePoint, cut, 0));
      if (used > cells) {
        break;
      }
      cut -= Character.charCount(codePoint);
    }
    return VisibleText.atBoundary(text, cut);
  }

  private static String glyph(int codePoint, int offset, int cell) {
    if (codePoint == '\t') {
      return " ".repeat(TAB - cell % TAB);
    }
    if (codePoint == BYTE_ORDER_MARK && offset == 0) {
      return "";
    }
    return VisibleText.hidden(codePoint)
        ? VisibleText.escape(codePoint)
        : Character.toString(codePoint);
  }

  /** Offset of a place, or of the nearest before it that the file has. */
  static int offset(SourceFile file, int line, int column) {
    int there = Math.min(line, file.lineCount());
    return Math.min(file.startOfLine(there) + column - 1, endOf(file, there));
  }

  /** Offset after the last character of a line, its line break not included. */
  static int endOf(SourceFile file, int line) {
    String text = file.text();
    int start = file.startOfLine(line);
    int end = line < file.lineCount() ? file.startOfLine(line + 1) : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  /** Writes the characters of a line into cells, until either is used up. */
  private static final class Pen {
    private final String text;
    private final int end;
    private final int focusStart;
    private final int focusEnd;
    private final StringBuilder shown = new StringBuilder();
    private int next;
    private int cell;
    private int focusFrom = -1;
    private int focusTo = -1;

    /** How much of {@code shown} leaves room for a gap, and the cells that takes. */
    private int fitting;

    private int fittingCells;
    private boolean complete;

    Pen(String text, int start, int end, int focusStart, int focusEnd) {
      this.text = text;
      this.next = start;
      this.end = end;
      this.focusStart = focusStart;
      this.focusEnd = focusEnd;
    }

    /** Whether the line ended before the cells did. */
    boolean write(int cells) {
      int last = (int) Math.min(end, next + (long) cells * MOST_CHARS_PER_CELL);
      while (next < last) {
        note();
        int codePoint = text.codePointAt(next);
        String glyph = glyph(codePoint, next, cell);
        int width = DisplayWidth.of(glyph);
        if (cell + width > cells) {
          break;
        }
        shown.append(glyph);
        cell += width;
        next += Character.charCount(codePoint);
        if (cell <= cells - GAP) {
          fitting = shown.length();
          fittingCells = cell;
        }
      }
      note();
      complete = next >= end;
      return complete;
    }

    /** Whether the focus was written in full within {@code cells}. */
    boolean reached(int offset, int cells) {
      return focusTo >= 0 && offset <= next && focusTo <= cells;
    }

    FrameLine line() {
      int limit = complete ? Math.max(cell, 1) : fittingCells + GAP;
      String visible = complete ? shown.toString() : shown.substring(0, fitting) + VisibleText.GAP;
      int from = focusFrom < 0 ? limit - 1 : Math.min(focusFrom, complete ? cell : limit - 1);
      int to = focusTo < 0 ? limit : Math.min(focusTo, limit);
      return new FrameLine(visible.stripTrailing(), from, Math.max(from + 1, to));
    }

    private void note() {
      if (focusFrom < 0 && next >= focusStart) {
        focusFrom = cell;
      }
      if (focusTo < 0 && next >= focusEnd) {
        focusTo = cell;
      }
    }
  }
}
