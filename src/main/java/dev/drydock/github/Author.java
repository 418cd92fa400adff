package dev.drydock.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden last line of our comments on lines, which says whose they are. The first one says what
 * about. People who may edit a comment may have written below it.
 *
 * @param id the input of that name: several uses of the action on one pull request have one each
 * @param run id of the workflow run, which grows with time
 * @param attempt from 1
 */
record Author(String id, long run, int attempt) {
  private static final Pattern LINE =
      Pattern.compile("<!-- drydock:by id=([\\w.-]{1,60}) run=(\\d{1,18})\\.(\\d{1,6}) -->\\s*");

  private static final Pattern FENCE = Pattern.compile("(`{3,})(.*)");

  static Optional<Author> of(String body) {
    List<String> lines = body.lines().toList();
    OptionalInt at = signature(lines);
    if (at.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = LINE.matcher(lines.get(at.getAsInt()));
    return matcher.matches()
        ? Optional.of(
            new Author(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** The last line that is one; what stands in a block of code is anybody's. */
  private static OptionalInt signature(List<String> lines) {
    OptionalInt last = OptionalInt.empty();
    String fence = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher ticks = FENCE.matcher(lines.get(i));
      if (ticks.matches() && fence.isEmpty()) {
        fence = ticks.group(1);
      } else if (ticks.matches() && ticks.group(1).startsWith(fence) && ticks.group(2).isBlank()) {
        fence = "";
      } else if (fence.isEmpty() && LINE.matcher(lines.get(i)).matches()) {
        last = OptionalInt.of(i);
      }
    }
    return last;
  }

  /** Whether somebody has written below our last line. */
  static boolean isWrittenBelow(String body) {
    List<String> lines = body.strip().lines().toList();
    OptionalInt at = signature(lines);
    return at.isPresent() && at.getAsInt() < lines.size() - 1;
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
    List<String> lines = new ArrayList<>(body.lines().toList());
    signature(lines).ifPresent(lines::remove);
    return String.join("\n", lines) + "\n";
  }
}
