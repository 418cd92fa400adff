package dev.drydock.sql;

import java.util.Objects;

/**
 * One piece of a script: a statement with the white space and comments before it and whatever ends
 * it. The fragments of a script, in order, leave nothing out and nothing twice.
 *
 * <p>All numbers are offsets into the text that was split; {@code start <= textStart <= textEnd <=
 * dataStart <= dataEnd <= end}.
 *
 * @param textStart offset of the statement's first token; the same as {@code textEnd} when the
 *     piece holds no statement (a lone semicolon, the comments at the end of a script)
 * @param textEnd offset after its last token, the terminator not included
 * @param dataStart offset of the first row of a {@code COPY ... FROM stdin}; the same as {@code
 *     dataEnd} when there are none
 * @param dataEnd offset after the last row, the line {@code \.} not included
 */
record Fragment(
    Statement.Kind kind,
    int start,
    int textStart,
    int textEnd,
    int dataStart,
    int dataEnd,
    int end) {
  Fragment {
    Objects.requireNonNull(kind);
    if (start > textStart
        || textStart > textEnd
        || textEnd > dataStart
        || dataStart > dataEnd
        || dataEnd > end) {
      throw new IllegalArgumentException(
          "not in order: %d %d %d %d %d %d"
              .formatted(start, textStart, textEnd, dataStart, dataEnd, end));
    }
  }

  boolean isEmpty() {
    return textStart == textEnd;
  }
}
