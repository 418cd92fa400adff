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

  /** Puts {@code fixes} into {@code file}, without the SQL that has to follow them. */
  static FixedText of(SourceFile file, List<Fix> fixes) {
    return of(file, fixes, false);
  }

  /** Puts {@code fixes} into {@code file}, each with the SQL that has to follow it right after. */
  static FixedText withFollowing(SourceFile file, List<Fix> fixes) {
    return of(file, fixes, true);
  }

  /** What {@code fix} takes out of {@code file}. */
  static String replaced(SourceFile file, Fix fix) {
    return file.text().substring(start(file, fix.location()), end(file, fix.location()));
  }

  private static FixedText of(SourceFile file, List<Fix> fixes, boolean following) {
    boolean carriageReturns = file.text().contains("\r\n");
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
      text.append(file.text(), from, start);
      String sql =
          following && !fix.follow().isEmpty()
              ? fix.replacement() + ";\n" + withoutLastSemicolon(fix.follow())
              : fix.replacement();
      text.append(carriageReturns ? sql.replaceAll("\r?\n", "\r\n") : sql);
      from = end(file, fix.location());
      applied.add(fix);
    }
    return new FixedText(text.append(file.text().substring(from)).toString(), applied);
  }

  /** The statement that is replaced keeps its own. */
  private static String withoutLastSemicolon(String sql) {
    return sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
  }

  private static int start(SourceFile file, Location location) {
    return file.startOfLine(location.startLine()) + location.startColumn() - 1;
  }

  private static int end(SourceFile file, Location location) {
    return file.startOfLine(location.endLine()) + location.endColumn() - 1;
  }
}
