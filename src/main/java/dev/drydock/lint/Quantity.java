package dev.drydock.lint;

import dev.drydock.policy.PolicyException;
import dev.drydock.policy.YamlNode;
import dev.drydock.policy.YamlReader;
import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time or a size as {@code .drydock.yml} spells it: a whole number and a unit. */
final class Quantity {
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|min|h)");
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(KB|MB|GB)");

  /** Longer than anybody waits, and short enough to be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private Quantity() {}

  /**
   * A time of at least a millisecond and at most a year.
   *
   * @throws PolicyException when it is none, or not between those
   */
  static Duration duration(YamlNode node, String key) {
    Matcher matcher = DURATION.matcher(YamlReader.text(node, key));
    if (!matcher.matches()) {
      throw new PolicyException(
          node.mark(), "`%s` is a number and ms, s, min or h, such as `30s`".formatted(key));
    }
    Duration unit =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "min" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return unit.multipliedBy(number(node, key, matcher, 1, LONGEST.dividedBy(unit)));
  }

  /**
   * Bytes.
   *
   * @param least the smallest number that makes sense
   * @throws PolicyException when it is no size, or has a smaller number, or is too large to count
   */
  static long size(YamlNode node, String key, long least) {
    Matcher matcher = SIZE.matcher(YamlReader.text(node, key));
    if (!matcher.matches()) {
      throw new PolicyException(
          node.mark(), "`%s` is a number and KB, MB or GB, such as `2GB`".formatted(key));
    }
    int shift =
        switch (matcher.group(2)) {
          case "KB" -> 10;
          case "MB" -> 20;
          default -> 30;
        };
    return number(node, key, matcher, least, Long.MAX_VALUE >> shift) << shift;
  }

  private static long number(YamlNode node, String key, Matcher matcher, long least, long most) {
    BigInteger number = new BigInteger(matcher.group(1));
    boolean small = number.compareTo(BigInteger.valueOf(least)) < 0;
    if (small || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new PolicyException(
          node.mark(),
          "`%s` is at %s %d%s, not `%s`"
              .formatted(
                  key,
                  small ? "least" : "most",
                  small ? least : most,
                  matcher.group(2),
                  matcher.group()));
    }
    return number.longValueExact();
  }
}
