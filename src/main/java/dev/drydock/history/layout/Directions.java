package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ways forward and back in a file of no known tool, told by comments that say a direction and
 * nothing else: {@code -- DOWN}, {@code -- !Downs}, {@code -- rambler down}.
 *
 * @param forward at least one
 */
record Directions(List<Script> forward, Optional<Script> back) {

  /** A remark with more words, such as {@code -- rollback the counter}, is none. */
  private static final Pattern MARK =
      Pattern.compile(
          "(?im)^[ \\t]*--[-=*# \\t]*"
              + "(?:\\+?(?:rambler|micrate|goose|migrat(?:e|ions?))(?:[ \\t]*:[ \\t]*|[ \\t]+))?"
              + "(?://[ \\t]*)?[!@]?"
              + "(?:(?<up>ups?)|downs?|rollback|revert|undo|create above / drop below)"
              + "(?:[ \\t]+(?:migration|script|section))?[ \\t]*:?[-=*# \\t]*$");

  /**
   * All that stands before a mark has to be read for it, so that many of them, which nobody writes
   * by hand, would take the square of their number.
   */
  private static final int MOST_MARKS = 50;

  Directions {
    forward = List.copyOf(forward);
  }

  static Directions of(SourceFile file) {
    List<Script> forward = new ArrayList<>();
    List<Script> back = new ArrayList<>();
    List<Script> open = forward;
    boolean headed = false;
    int start = 0;
    if (MARK.matcher(file.text()).results().skip(MOST_MARKS).findAny().isPresent()) {
      return new Directions(List.of(Script.whole(file)), Optional.empty());
    }
    Matcher mark = MARK.matcher(file.text());
    while (mark.find()) {
      boolean up = mark.group("up") != null;
      Optional<String> before = before(file, mark.start());
      headed |= up && before.filter(String::isEmpty).isPresent();
      boolean divides =
          headed ? before.isPresent() : before.filter(Directions::isEnded).isPresent();
      List<Script> next = up ? forward : back;
      if (divides && next != open) {
        open.add(new Script(file, start, mark.start()));
        open = next;
        start = mark.start();
      }
    }
    open.add(new Script(file, start, file.text().length()));
    forward.removeIf(Directions::isEmpty);
    // A file with nothing but a way back is one that goes forward under such a heading.
    return forward.isEmpty()
        ? new Directions(List.of(Script.whole(file)), Optional.empty())
        : new Directions(forward, back.stream().findFirst());
  }

  /** The SQL before a place; nothing where that is in a string, a body or a comment. */
  private static Optional<String> before(SourceFile file, int place) {
    String sql = SqlText.bare(file.text().substring(0, place) + "\n;").strip();
    return sql.endsWith(";")
        ? Optional.of(sql.substring(0, sql.length() - 1).strip())
        : Optional.empty();
  }

  /** Whether no statement goes on: what says a direction in one may be about a value. */
  private static boolean isEnded(String sql) {
    return sql.isEmpty() || sql.endsWith(";") || lastLine(sql).startsWith("\\");
  }

  private static String lastLine(String sql) {
    return sql.substring(sql.lastIndexOf('\n') + 1).strip();
  }

  private static boolean isEmpty(Script script) {
    return SqlText.bare(script.text()).isBlank();
  }

  /** What goes forward, as one text. */
  String forwardText() {
    return forward.stream().map(Script::text).collect(Collectors.joining());
  }
}
