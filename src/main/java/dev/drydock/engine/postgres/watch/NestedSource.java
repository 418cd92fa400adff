package dev.drydock.engine.postgres.watch;

import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a command that ran inside a DO block in the text of the block. */
final class NestedSource {
  private static final Pattern OPENING = Pattern.compile("\\$[\\p{L}_]?[\\p{L}\\p{N}_]*\\$|'");

  private NestedSource() {}

  /**
   * The line of a block's body at an offset of the statement it stands in, as the server counts.
   */
  static int line(String statement, int offset) {
    Matcher opening = OPENING.matcher(statement);
    int start = opening.find() ? opening.end() : 0;
    return 1 + (int) statement.substring(start, offset).chars().filter(c -> c == '\n').count();
  }

  /**
   * The command's place in the file: its own text where it stands there as it ran, else the line
   * the server names.
   *
   * @return empty for a command of a function, whose text stands elsewhere
   */
  static Optional<Location> locate(Statement statement, DdlEvent.Context context) {
    if (!context.function().isEmpty()) {
      return Optional.empty();
    }
    String text = statement.text();
    Matcher opening = OPENING.matcher(text);
    if (!opening.find()) {
      return Optional.empty();
    }
    int start = opening.end();
    for (int line = 1; line < context.line(); line++) {
      int next = text.indexOf('\n', start);
      if (next < 0) {
        return Optional.empty();
      }
      start = next + 1;
    }
    int verbatim = context.sql().isEmpty() ? -1 : text.indexOf(context.sql(), start);
    if (verbatim >= 0) {
      return Optional.of(statement.location(verbatim, verbatim + context.sql().length()));
    }
    int end = text.indexOf('\n', start);
    end = end < 0 ? text.length() : end;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return Optional.of(statement.location(start, end));
  }
}
