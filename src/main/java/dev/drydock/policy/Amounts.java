package dev.drydock.policy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Numbers as people say them, the same in every country. */
final class Amounts {
  private static final List<String> UNITS = List.of("bytes", "KB", "MB", "GB", "TB");
  private static final BigDecimal UNIT = BigDecimal.valueOf(1024);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

  /** The server counts no rows, it extrapolates from a sample: more digits would be invented. */
  private static final MathContext ESTIMATE = new MathContext(2, RoundingMode.HALF_UP);

  private Amounts() {}

  /** E.g. {@code about 1.2 million rows}. */
  static String rows(long rows) {
    if (rows == 0) {
      return "no rows";
    }
    BigDecimal about =
        rows < 1_000 ? BigDecimal.valueOf(rows) : BigDecimal.valueOf(rows).round(ESTIMATE);
    if (about.compareTo(BILLION) >= 0) {
      return "about " + plain(about.divide(BILLION)) + " billion rows";
    }
    if (about.compareTo(MILLION) >= 0) {
      return "about " + plain(about.divide(MILLION)) + " million rows";
    }
    return "about " + grouped(about.longValueExact()) + (rows == 1 ? " row" : " rows");
  }

  /** E.g. {@code 340 MB}, where a MB has 1024 KB. */
  static String bytes(long bytes) {
    BigDecimal amount = BigDecimal.valueOf(bytes);
    int unit = 0;
    while (amount.compareTo(THOUSAND) >= 0 && unit < UNITS.size() - 1) {
      amount = amount.divide(UNIT);
      unit++;
    }
    int digits = unit > 0 && amount.compareTo(BigDecimal.TEN) < 0 ? 1 : 0;
    BigDecimal rounded = amount.setScale(digits, RoundingMode.HALF_UP);
    return plain(rounded) + " " + (bytes == 1 ? "byte" : UNITS.get(unit));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** Less than a million. */
  private static String grouped(long number) {
    String digits = Long.toString(number);
    int first = digits.length() - 3;
    return first <= 0 ? digits : digits.substring(0, first) + "," + digits.substring(first);
  }
}
