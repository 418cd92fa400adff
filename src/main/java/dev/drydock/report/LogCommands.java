package dev.drydock.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that a CI system would take for a command to itself when it appears in a log.
 *
 * <p>GitHub's runner obeys a line that begins with {@code ::name} after blanks, and {@code ##[name}
 * anywhere in one ({@code ActionCommand.cs} in actions/runner); Azure Pipelines and TeamCity have
 * {@code ##vso[} and {@code ##teamcity[}.
 */
final class LogCommands {
  private static final Pattern ANYWHERE = Pattern.compile("##(?=[A-Za-z]{0,20}\\[)");
  private static final String SPELLED = Matcher.quoteReplacement("\\u0023#");

  /** Colour sequences are looked through, for the log may be stripped of them. */
  private static final Pattern AT_START =
      Pattern.compile("^((?:[\\s\\p{Z}]|\u001b\\[[0-9;]*m)*+)::");

  private LogCommands() {}

  /** One line for a log, with the first character of a command spelled out. */
  static String disarmed(String line) {
    String anywhere = disarmedInside(line);
    return anywhere.contains("::")
        ? AT_START.matcher(anywhere).replaceFirst("$1\\\\u003a:")
        : anywhere;
  }

  /** The same for JSON, to which it is the same text: its lines never begin with a string's. */
  static String disarmedInside(String text) {
    return text.contains("##") ? ANYWHERE.matcher(text).replaceAll(SPELLED) : text;
  }
}
