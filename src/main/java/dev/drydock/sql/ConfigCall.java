package dev.drydock.sql;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A SELECT that does nothing but call {@code set_config}, which is SET for those who cannot. */
final class ConfigCall {
  private static final Pattern CALL =
      Pattern.compile(
          "select\\s+(?:pg_catalog\\s*\\.\\s*)?set_config\\s*\\(\\s*'([\\w.]+)'\\s*,"
              + "\\s*'([^']*)'\\s*,\\s*(?:true|false)\\s*\\)",
          Pattern.CASE_INSENSITIVE);

  private ConfigCall() {}

  /**
   * Adds the setting and its value.
   *
   * @param start where the statement begins in the text of {@code details}
   * @param end where it ends
   */
  static void gather(Details details, int start, int end) {
    Matcher call = CALL.matcher(details.text(start, end));
    if (call.matches()) {
      details.part(
          "setting",
          call.group(1).toLowerCase(Locale.ROOT),
          start + call.start(1),
          start + call.end(1));
      details.part("value", call.group(2), start + call.start(2), start + call.end(2));
    }
  }
}
