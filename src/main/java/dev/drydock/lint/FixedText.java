package dev.drydock.lint;

import dev.drydock.policy.Fix;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file after fixes were put into it.
 *
 * @param text of the file
 * @param applied the fixes that are in it, in the order of the file; of two on one statement, the
 *     first
 */
record FixedText(String text, List<Fix> applied) {
  FixedText {
    applied = List.copyOf(applied);
  }

  /** Puts {@code fixes} into {@code file}. */
  static FixedText of(SourceFile file, List<Fix> fixes) {
    List<Fix> inOrder =
        fixes.stream()
            .filter(fix -> fix.location().file().equals(file.path()))
            .sorted(Comparator.comparing(Fix::location))
            .toList();
    StringBuilder text = new StringBuilder();
    List<Fix> applied = new ArrayList<>();
    int from = 0;
    for (Fix fix : inOrder) {
      int start = start(file, fix.location());
      if (start < from) {
        continue;
      }
      text.append(file.text(), from, start).append(fix.replacement());
      from = end(file, fix.location());
      applied.add(fix);
    }
    return new FixedText(text.append(file.text().substring(from)).toString(), applied);
  }

  private static int start(SourceFile file, Location location) {
    return file.startOfLine(location.startLine()) + location.startColumn() - 1;
  }

  private static int end(SourceFile file, Location location) {
    return file.startOfLine(location.endLine()) + location.endColumn() - 1;
  }
}
