package dev.drydock.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * The text of one file and where its lines begin.
 *
 * <p>The text is kept as it stands in the file, byte order mark and carriage returns included, so
 * that an offset in it is a position in the file.
 */
public final class SourceFile {
  private final Path path;
  private final String text;
  private final int[] lineStarts;

  /**
   * @param path relative to the root of the checkout, or as the user named it
   * @param text as it stands in the file
   */
  public SourceFile(Path path, String text) {
    this.path = Objects.requireNonNull(path);
    this.text = Objects.requireNonNull(text);
    this.lineStarts = lineStarts(text);
  }

  /**
   * Path relative to the root of the checkout, or as the user named it when there is no checkout.
   */
  public Path path() {
    return path;
  }

  /** The text as it stands in the file. */
  public String text() {
    return text;
  }

  /** What ends the lines. */
  public String lineBreak() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** Git's id of this content. */
  public String blobId() {
    return FileTree.blobId(text.getBytes(StandardCharsets.UTF_8)).name();
  }

  /** The line, from 1, that holds the character at {@code offset}. */
  public int lineOf(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column, from 1 and in UTF-16 code units, of the character at {@code offset}. */
  public int columnOf(int offset) {
    return offset - lineStarts[lineOf(offset) - 1] + 1;
  }

  /** How many lines there are; a line break at the end begins another, empty one. */
  public int lineCount() {
    return lineStarts.length;
  }

  /** The text of line {@code line}, from 1, without its line break. */
  public String line(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Offset of the first character of line {@code line}, from 1. */
  public int startOfLine(int line) {
    return lineStarts[line - 1];
  }

  /** The span from {@code start} to {@code end}, offsets in the text, the end exclusive. */
  public Location location(int start, int end) {
    return new Location(path, lineOf(start), columnOf(start), lineOf(end), columnOf(end));
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
