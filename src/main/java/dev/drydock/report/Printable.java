package dev.drydock.report;

import java.util.stream.Collectors;

/** Text of whatever origin as it may be printed: no character of it is a command. */
public final class Printable {
  private Printable() {}

  /** Its lines, each ended by a line break. */
  public static String lines(String text) {
    return text.lines().map(Printable::line).map(line -> line + "\n").collect(Collectors.joining());
  }

  /** All of it on one line, without a line break. */
  public static String line(String text) {
    return LogCommands.disarmed(VisibleText.line(text));
  }
}
