package dev.drydock.report;

import dev.drydock.policy.Fix;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.util.List;
import java.util.Optional;

/**
 * A fix as the lines it takes out of a file and those it puts in.
 *
 * @param firstLine the first that is taken out, from 1
 * @param removed lines of the file, without line breaks
 * @param added lines of the fix, without line breaks
 */
record SuggestedChange(int firstLine, List<String> removed, List<String> added) {
  /** More of a line than this, around what is replaced, is not repeated. */
  private static final int MOST_AROUND = 200;

  private static final int MOST_SHOWN = 500;

  SuggestedChange {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }

  /** Lines that stay the same at the beginning and the end are left out. */
  static SuggestedChange of(Fix fix, Optional<SourceFile> file) {
    return file.map(source -> in(source, fix))
        .orElseGet(
            () ->
                new SuggestedChange(
                    fix.location().startLine(), List.of(), textLines(fix.replacement())));
  }

  /** The lines of SQL that has no place in a file yet, hidden characters spelled out. */
  static List<String> textLines(String sql) {
    return sql.stripTrailing().lines().map(SuggestedChange::shown).toList();
  }

  private static SuggestedChange in(SourceFile file, Fix fix) {
    Location span = fix.location();
    int first = Math.min(span.startLine(), file.lineCount());
    int last = Math.min(span.endLine(), file.lineCount());
    int lineStart = file.startOfLine(first);
    int lineEnd = FrameLine.endOf(file, last);
    int start = FrameLine.offset(file, first, span.startColumn());
    int end = Math.max(start, FrameLine.offset(file, last, span.endColumn()));
    String before =
        withoutByteOrderMark(
            file.text().substring(Math.max(lineStart, start - MOST_AROUND), start));
    String after = file.text().substring(end, Math.min(lineEnd, end + MOST_AROUND));
    String lead = start - lineStart > MOST_AROUND ? VisibleText.GAP + before : before;
    String tail = lineEnd - end > MOST_AROUND ? after + VisibleText.GAP : after;
    return trimmed(
        first,
        textLines(lead + file.text().substring(start, end) + tail),
        textLines(lead + fix.replacement().stripTrailing() + tail));
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static SuggestedChange trimmed(int first, List<String> before, List<String> after) {
    int most = Math.min(before.size(), after.size());
    int head = 0;
    while (head < most && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < most - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    return new SuggestedChange(
        first + head,
        before.subList(head, before.size() - tail),
        after.subList(head, after.size() - tail));
  }

  private static String shown(String line) {
    StringBuilder expanded = new StringBuilder();
    int read = VisibleText.atBoundary(line, Math.min(line.length(), MOST_SHOWN));
    for (int i = 0; i < read; i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        expanded.repeat(' ', FrameLine.TAB - expanded.length() % FrameLine.TAB);
      } else {
        expanded.append(c);
      }
    }
    String shown = VisibleText.line(expanded.toString());
    return read == line.length() && shown.length() <= MOST_SHOWN
        ? shown
        : shown.substring(0, VisibleText.atBoundary(shown, Math.min(shown.length(), MOST_SHOWN)))
            + VisibleText.GAP;
  }
}
