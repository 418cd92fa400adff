package dev.drydock.sql;

import java.util.regex.Pattern;

/** Whether a name stands in a text, as a word of its own, in whatever case and quotes. */
public final class Mention {
  private Mention() {}

  /**
   * @param name a name without its schema, as the server folds it
   * @param sql any text: a statement, a block, a constant in it
   */
  public static boolean of(String name, String sql) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}_$])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_$])",
            Pattern.CASE_INSENSITIVE)
        .matcher(sql)
        .find();
  }
}
