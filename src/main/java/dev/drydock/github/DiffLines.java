package dev.drydock.github;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a file's new version that its diff shows, which are those that can be commented on.
 */
final class DiffLines {
  private static final Pattern HUNK =
      Pattern.compile("^@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,(\\d+))? @@");

  private record Hunk(int first, int last) {}

  private final List<Hunk> hunks;

  private DiffLines(List<Hunk> hunks) {
    this.hunks = hunks;
  }

  /** Of a patch as GitHub gives it; of none, when the file is too large for one. */
  static DiffLines of(String patch) {
    List<Hunk> hunks = new ArrayList<>();
    for (String line : patch.split("\n", -1)) {
      Matcher matcher = HUNK.matcher(line);
      if (matcher.find()) {
        int first = Integer.parseInt(matcher.group(1));
        int count = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        if (count > 0) {
          hunks.add(new Hunk(first, first + count - 1));
        }
      }
    }
    return new DiffLines(hunks);
  }

  /** Whether all these lines are in one hunk, as a comment on several lines needs. */
  boolean hold(int first, int last) {
    return hunks.stream().anyMatch(hunk -> hunk.first() <= first && last <= hunk.last());
  }
}
