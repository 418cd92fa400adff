package dev.drydock.engine.postgres.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings that the driver breaks a connection over, as it can work with: they say how values are
 * written between server and client, which is no matter to a migration. In which order a date is
 * read is one, and stays.
 */
final class DriverSettings {
  private static final Pattern ENCODING =
      Pattern.compile(
          "\\s*set\\s+(?:session\\s+|local\\s+)?(?:client_encoding\\s*(?:=|\\bto\\b)|names\\b)\\s*('?[\\w-]+'?)\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DATES =
      Pattern.compile(
          "(\\s*set\\s+(?:session\\s+|local\\s+)?datestyle\\s*(?:=|\\bto\\b))([\\s\\w',]+)",
          Pattern.CASE_INSENSITIVE);

  /** How dates are written, besides ISO: as the server does, words that begin so are the same. */
  private static final Pattern WRITTEN =
      Pattern.compile("\\b(?:SQL|POSTGRES\\w*|GERMAN)\\b", Pattern.CASE_INSENSITIVE);

  /** In which order they are read. */
  private static final Pattern ORDER =
      Pattern.compile(
          "\\b(?:(YMD)|(DMY|EURO\\w*)|(MDY|US|NONEURO\\w*))\\b", Pattern.CASE_INSENSITIVE);

  private DriverSettings() {}

  /**
   * What takes the place of a statement.
   *
   * @param sql of one statement
   */
  static String of(String sql) {
    Matcher encoding = ENCODING.matcher(sql);
    if (encoding.matches()) {
      return sql.substring(0, encoding.start(1)) + "'UTF8'" + sql.substring(encoding.end(1));
    }
    Matcher dates = DATES.matcher(sql);
    return dates.matches() ? dates.group(1) + style(dates.group(2)) : sql;
  }

  private static String style(String value) {
    Matcher written = WRITTEN.matcher(value);
    if (!written.find()) {
      return value;
    }
    Matcher order = ORDER.matcher(value);
    if (!order.find()) {
      // Of those styles it is the one with an order of its own.
      return written.group().equalsIgnoreCase("GERMAN") ? " 'ISO, DMY'" : " 'ISO'";
    }
    String read = order.group(1) != null ? "YMD" : order.group(2) != null ? "DMY" : "MDY";
    return " 'ISO, %s'".formatted(read);
  }
}
