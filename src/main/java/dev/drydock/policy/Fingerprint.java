package dev.drydock.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What tells a finding from every other one, and finds it again after the lines around it have
 * moved: rule, object and statement, never a line number.
 *
 * @param value 32 hexadecimal digits
 */
public record Fingerprint(String value) implements Comparable<Fingerprint> {
  private static final int BYTES = 16;

  /**
   * @param statement its text; case outside quotes, white space and comments make no difference
   */
  public static Fingerprint of(String rule, String object, String statement) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (rule + '\0' + object + '\0' + normalised(statement)).getBytes(StandardCharsets.UTF_8));
      return new Fingerprint(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String normalised(String statement) {
    return statement
        .replaceAll("--[^\\n]*", " ")
        .replaceAll("(?s)/\\*.*?\\*/", " ")
        .replaceAll("\\s+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(Fingerprint other) {
    return value.compareTo(other.value);
  }
}
