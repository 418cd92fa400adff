package dev.drydock.report;

import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The lines of a file around a span, numbered, with the span underlined. */
final class CodeFrame {
  private static final int CONTEXT_BEFORE = 2;
  private static final int CONTEXT_AFTER = 1;

  /** Of a longer span the middle is left out. */
  private static final int MOST_SPAN_LINES = 8;

  private static final int SPAN_HEAD = 4;
  private static final int SPAN_TAIL = 2;

  private final SourceFile file;
  private final Ink ink;
  private final Colours colours;
  private final int startLine;
  private final int start;
  private final int endLine;
  private final int end;
  private final int cells;
  private final int digits;
  private final List<Integer> shown;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param statement the text the span is in, whose lines are shown rather than its neighbours';
   *     may be empty
   * @param width cells of the terminal
   */
  CodeFrame(SourceFile file, Location span, String statement, int width, Ink ink, Colours colours) {
    this.file = file;
    this.ink = ink;
    this.colours = colours;
    this.startLine = Math.min(span.startLine(), file.lineCount());
    this.start = FrameLine.offset(file, startLine, span.startColumn());
    int last = Math.min(span.endLine(), file.lineCount());
    int lastEnd = FrameLine.offset(file, last, span.endColumn());
    if (last > startLine && lastEnd == file.startOfLine(last)) {
      // The span ends with the line break before: nothing of this line belongs to it.
      last--;
      lastEnd = FrameLine.endOf(file, last);
    }
    this.endLine = last;
    this.end = Math.max(start, lastEnd);
    this.shown = linesShown(statement);
    this.digits = Integer.toString(shown.getLast()).length();
    this.cells = width - digits - 3 - (endLine > startLine ? 2 : 0);
  }

  /** The frame, a line each. */
  List<String> draw() {
    lines.clear();
    if (endLine > startLine) {
      drawManyLines();
    } else {
      drawOneLine();
    }
    return List.copyOf(lines);
  }

  /** Cells before the bar in every line of the frame. */
  int gutter() {
    return digits + 1;
  }

  private List<Integer> linesShown(String statement) {
    int first = Math.max(1, startLine - CONTEXT_BEFORE);
    int last = Math.min(file.lineCount(), endLine + CONTEXT_AFTER);
    List<Integer> numbers = new ArrayList<>();
    OptionalInt statementStart = StatementStart.of(file, statement, start, end);
    if (statementStart.isPresent()) {
      int opening = file.lineOf(statementStart.getAsInt());
      first = Math.max(first, opening);
      last =
          Math.max(
              endLine,
              Math.min(last, file.lineOf(statementStart.getAsInt() + statement.length() - 1)));
      if (opening < first) {
        numbers.add(opening);
      }
      if (opening == first - 2) {
        // A gap would take the line that it saves.
        numbers.add(first - 1);
      }
    }
    while (first < startLine && blank(first)) {
      first++;
    }
    while (last > endLine && blank(last)) {
      last--;
    }
    if (endLine - startLine + 1 > MOST_SPAN_LINES) {
      addLines(numbers, first, startLine + SPAN_HEAD - 1);
      addLines(numbers, endLine - SPAN_TAIL + 1, last);
    } else {
      addLines(numbers, first, last);
    }
    return numbers;
  }

  private static void addLines(List<Integer> numbers, int first, int last) {
    for (int line = first; line <= last; line++) {
      numbers.add(line);
    }
  }

  private boolean blank(int line) {
    int from = file.startOfLine(line);
    int to = FrameLine.endOf(file, line);
    // A line that is long and begins with blanks is not worth reading to its end.
    return file.text().substring(from, Math.min(to, from + 200)).isBlank();
  }

  private void drawOneLine() {
    number(-1, "");
    int before = shown.getFirst();
    for (int line : shown) {
      gap(before, line, "");
      before = line;
      if (line == startLine) {
        FrameLine at = FrameLine.of(file, line, start, end, cells);
        number(line, at.text());
        number(-1, " ".repeat(at.from()) + ink.on("^".repeat(at.to() - at.from()), colours));
      } else {
        number(line, context(line));
      }
    }
  }

  /** As rustc draws it: a bracket in the margin from the first character to the last. */
  private void drawManyLines() {
    number(-1, "");
    int before = shown.getFirst();
    for (int line : shown) {
      boolean inside = line > startLine && line <= endLine;
      gap(before, line, before >= startLine && inside ? ink.on("|", colours) : "");
      before = line;
      if (line == startLine) {
        FrameLine at = FrameLine.of(file, line, start, start + 1, cells);
        if (at.text().substring(0, Math.min(at.from(), at.text().length())).isBlank()) {
          number(line, ink.on("/", colours) + " " + at.text());
        } else {
          number(line, "  " + at.text());
          number(-1, ink.on(" " + "_".repeat(at.from() + 1) + "^", colours));
        }
      } else if (inside) {
        int last = VisibleText.atBoundary(file.text(), Math.max(end - 1, file.startOfLine(line)));
        FrameLine at = FrameLine.of(file, line, last, end, cells);
        number(line, ink.on("|", colours) + " " + (line == endLine ? at.text() : context(line)));
        if (line == endLine) {
          number(-1, ink.on("|" + "_".repeat(at.to()) + "^", colours));
        }
      } else {
        number(line, "  " + context(line));
      }
    }
  }

  private String context(int line) {
    int from = file.startOfLine(line);
    return FrameLine.of(file, line, from, from, cells).text();
  }

  private void gap(int before, int line, String margin) {
    if (line > before + 1) {
      String dots =
          margin.isEmpty() ? VisibleText.GAP : DisplayWidth.padded(VisibleText.GAP, digits + 3);
      lines.add(Ink.GUTTER.on(dots, colours) + margin);
    }
  }

  /**
   * @param line its number, or -1 for a line of the frame's own
   */
  private void number(int line, String text) {
    String label = line < 0 ? " ".repeat(digits) : "%%%dd".formatted(digits).formatted(line);
    lines.add(
        Ink.GUTTER.on(label + " |", colours) + (text.isEmpty() ? "" : " " + text.stripTrailing()));
  }
}
