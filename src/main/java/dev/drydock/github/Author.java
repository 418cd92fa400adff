package dev.drydock.github;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden last line of our comments on lines, which says whose they are. The first one says what
 * about.
 *
 * @param id the input of that name: several uses of the action on one pull request have one each
 * @param run id of the workflow run, which grows with time
 * @param attempt from 1
 */
record Author(String id, long run, int attempt) {
  private static final Pattern LINE =
      Pattern.compile("\n<!-- drydock:by id=([\\w.-]{1,60}) run=(\\d{1,18})\\.(\\d{1,6}) -->\\s*$");

  static Optional<Author> of(String body) {
    Matcher matcher = LINE.matcher(body);
    return matcher.find()
        ? Optional.of(
            new Author(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  boolean isNewerThan(Author other) {
    return run != other.run ? run > other.run : attempt > other.attempt;
  }

  /** The text with this line below it, and no other. */
  String sign(String body) {
    return "%s\n<!-- drydock:by id=%s run=%d.%d -->\n"
        .formatted(unsigned(body).stripTrailing(), id, run, attempt);
  }

  static String unsigned(String body) {
    return LINE.matcher(body).replaceFirst("\n");
  }
}
