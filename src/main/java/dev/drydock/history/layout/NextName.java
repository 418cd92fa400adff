package dev.drydock.history.layout;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of the migration after another one, made as that one's is. */
final class NextName {
  /** What a point in time is exact to, by the number of its digits. */
  private static final Map<Integer, ChronoUnit> UNITS =
      Map.of(
          8, ChronoUnit.DAYS,
          12, ChronoUnit.MINUTES,
          14, ChronoUnit.SECONDS,
          17, ChronoUnit.MILLIS);

  private static final int MOST_DIGITS = 17;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d\\d");

  private static final Pattern SEPARATORS = Pattern.compile("[._-]");

  private static final Pattern DATE = Pattern.compile("\\d{4}[._-]\\d\\d[._-]\\d\\d(?!\\d)");

  private NextName() {}

  /** Whether the tool runs it after the newest one. */
  static boolean isAfter(Layout layout, Path newest, Path next) {
    if (!(layout.role(newest) instanceof Role.Forward then
        && layout.role(next) instanceof Role.Forward now)) {
      return false;
    }
    int order = now.version().compareTo(then.version());
    // Those that may share a version run in the order of their names.
    return order > 0
        || order == 0
            && !layout.isUnique(now.version())
            && Folders.name(next).compareTo(Folders.name(newest)) > 0;
  }

  /**
   * The file beside {@code newest}.
   *
   * @param name what the name of that one is like; nothing comes of one that is not
   * @param next the new name, of what was matched
   */
  static Optional<Path> file(Path newest, Pattern name, Function<MatchResult, String> next) {
    Matcher parts = name.matcher(Folders.name(newest));
    return parts.matches()
        ? Optional.of(newest.resolveSibling(next.apply(parts.toMatchResult())))
        : Optional.empty();
  }

  /**
   * The file beside {@code newest} with the number after its own.
   *
   * @param name its first group is that number
   * @param rest what the new name has after the number
   */
  static Optional<Path> numbered(Path newest, Pattern name, String rest) {
    return file(newest, name, parts -> number(parts.group(1)) + rest);
  }

  /** The same for a tool that gives each migration a folder, in which the file is named alike. */
  static Optional<Path> folder(Path newest, Pattern name, String rest) {
    return numbered(Folders.of(newest), name, rest)
        .map(folder -> folder.resolve(newest.getFileName()));
  }

  /**
   * The number after another one, with as many digits where that is possible.
   *
   * @param number digits, which may be divided by dots, underscores or hyphens: a point in time is
   *     followed by the next one, and of any other number the last part is counted up
   */
  static String number(String number) {
    String digits = SEPARATORS.matcher(number).replaceAll("");
    boolean oneNumber = digits.equals(number) || DATE.matcher(number).lookingAt();
    return (oneNumber ? moment(digits) : Optional.<String>empty())
        .map(moment -> divided(moment, number))
        .orElseGet(() -> countedUp(number));
  }

  private static Optional<String> moment(String digits) {
    ChronoUnit unit = UNITS.get(digits.length());
    if (unit == null || !YEAR.matcher(digits).lookingAt()) {
      return Optional.empty();
    }
    try {
      LocalDateTime moment =
          LocalDateTime.parse(digits + "0".repeat(MOST_DIGITS - digits.length()), MOMENT);
      return Optional.of(MOMENT.format(moment.plus(1, unit)).substring(0, digits.length()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code digits} with the separators of {@code pattern}, which has as many. */
  private static String divided(String digits, String pattern) {
    StringBuilder divided = new StringBuilder(pattern);
    int next = 0;
    for (int i = 0; i < pattern.length(); i++) {
      if (Character.isDigit(pattern.charAt(i))) {
        divided.setCharAt(i, digits.charAt(next++));
      }
    }
    return divided.toString();
  }

  private static String countedUp(String number) {
    int last = number.length();
    while (last > 0 && Character.isDigit(number.charAt(last - 1))) {
      last--;
    }
    String counted = new BigInteger(number.substring(last)).add(BigInteger.ONE).toString();
    int padding = Math.max(0, number.length() - last - counted.length());
    return number.substring(0, last) + "0".repeat(padding) + counted;
  }
}
