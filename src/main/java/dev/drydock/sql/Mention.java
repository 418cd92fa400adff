package dev.drydock.sql;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where a name stands in a text, as a word of its own, in whatever case and quotes. */
public final class Mention {
  private Mention() {}

  /**
   * Whether it does.
   *
   * @param name a name without its schema, as the server folds it
   * @param sql any text: a statement, a block, a constant in it
   */
  public static boolean of(String name, String sql) {
    return first(name, sql).isPresent();
  }

  /** The first place where it does. */
  public static Optional<MatchResult> first(String name, String sql) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}_$])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_$])",
            Pattern.CASE_INSENSITIVE)
        .matcher(sql)
        .results()
        .findFirst();
  }
}
