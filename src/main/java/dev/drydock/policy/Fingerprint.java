package dev.drydock.policy;

import dev.drydock.source.PostgresLexer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
    return digest(rule + '\0' + object + '\0' + normalised(statement));
  }

  /**
   * What tells findings apart that would have one fingerprint: a statement that is there twice.
   *
   * @param ordinal which of them it is, from 1; the first keeps its own
   */
  public Fingerprint ofEqual(int ordinal) {
    return ordinal == 1 ? this : digest(value + '\0' + ordinal);
  }

  private static Fingerprint digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      return new Fingerprint(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String normalised(String statement) {
    StringBuilder tokens = new StringBuilder(statement.length() * 2);
    PostgresLexer lexer = new PostgresLexer(statement);
    for (PostgresLexer.Token token = lexer.next();
        token != PostgresLexer.Token.END;
        token = lexer.next()) {
      if (token == PostgresLexer.Token.WORD) {
        tokens.append(lexer.upper()).append(' ');
      } else if (token != PostgresLexer.Token.SPACE && token != PostgresLexer.Token.COMMENT) {
        tokens.append(statement, lexer.start(), lexer.end()).append(' ');
      }
    }
    return tokens.toString();
  }

  @Override
  public int compareTo(Fingerprint other) {
    return value.compareTo(other.value);
  }
}
