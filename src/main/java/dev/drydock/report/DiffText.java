package dev.drydock.report;

import java.util.stream.Collectors;

/** A unified diff as a terminal shows it: coloured, and no character of it a command. */
public final class DiffText {
  private DiffText() {}

  /** The diff, line by line. */
  public static String render(String diff, Colours colours) {
    return diff.lines().map(line -> line(line, colours)).collect(Collectors.joining());
  }

  private static String line(String line, Colours colours) {
    String shown = VisibleText.line(line);
    String inked =
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
          case '-' -> Ink.REMOVED.on(shown, colours);
          case '+' -> Ink.ADDED.on(shown, colours);
          case '@' -> Ink.GUTTER.on(shown, colours);
          default -> shown;
        };
    return inked + "\n";
  }
}
