package dev.drydock.report;

import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.util.OptionalInt;

/** Where the statement begins that words of a file are in. */
final class StatementStart {
  /** How far before the words it is looked for, in characters. */
  private static final int FARTHEST = 4_000;

  /** How much of a statement tells it from others. */
  private static final int COMPARED = 64;

  private StatementStart() {}

  /** Its offset; empty where the file does not have it so. */
  static OptionalInt in(SourceFile file, String statement, Location words) {
    int start = FrameLine.offset(file, words.startLine(), words.startColumn());
    return of(
        file,
        statement,
        start,
        Math.max(start, FrameLine.offset(file, words.endLine(), words.endColumn())));
  }

  /**
   * Its offset; empty where the file does not have it so.
   *
   * @param start offset of the words
   * @param end offset of what follows them
   */
  static OptionalInt of(SourceFile file, String statement, int start, int end) {
    if (statement.isEmpty()) {
      return OptionalInt.empty();
    }
    String text = file.text();
    String opening = statement.substring(0, Math.min(COMPARED, statement.length()));
    int earliest = Math.max(0, start - Math.min(statement.length(), FARTHEST));
    for (int at = start; at >= earliest; at--) {
      if (text.startsWith(opening, at) && at + statement.length() >= end) {
        return OptionalInt.of(at);
      }
    }
    return OptionalInt.empty();
  }
}
