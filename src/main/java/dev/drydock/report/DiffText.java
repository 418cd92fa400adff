package dev.drydock.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A unified diff for a terminal or a file: coloured, and no character of it a command. What no
 * terminal obeys stands as it is, for the diff is also a patch.
 */
public final class DiffText {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private DiffText() {}

  /** The diff, line by line. */
  public static String render(String diff, Colours colours) {
    // Not by String.lines(), which ends a line at a carriage return too.
    return diff.isEmpty()
        ? ""
        : Arrays.stream(diff.split("\n"))
            .map(line -> line(line, colours))
            .collect(Collectors.joining());
  }

  private static String line(String line, Colours colours) {
    boolean returns = line.endsWith("\r");
    String shown = shown(returns ? line.substring(0, line.length() - 1) : line);
    String inked =
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
          case '-' -> Ink.REMOVED.on(shown, colours);
          case '+' -> Ink.ADDED.on(shown, colours);
          case '@' -> Ink.GUTTER.on(shown, colours);
          default -> shown;
        };
    return inked + (returns ? "\r\n" : "\n");
  }

  /** A carriage return inside of a line would have a terminal write over its beginning. */
  private static String shown(String line) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0, codePoint; i < line.length(); i += Character.charCount(codePoint)) {
      codePoint = line.codePointAt(i);
      boolean kept = codePoint == '\t' || (codePoint == BYTE_ORDER_MARK && i == 1);
      if (VisibleText.hidden(codePoint) && !kept) {
        shown.append(VisibleText.escape(codePoint));
      } else {
        shown.appendCodePoint(codePoint);
      }
    }
    String text = shown.toString();
    // A cast may begin a line, with one pair of colons; a command to a runner has two.
    return text.indexOf("::") == text.lastIndexOf("::")
        ? LogCommands.disarmedInside(text)
        : LogCommands.disarmed(text);
  }
}
