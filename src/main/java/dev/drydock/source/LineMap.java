package dev.drydock.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Where the lines of one version of a file are in another version of it. */
public final class LineMap {
  private final List<Edit> edits;

  private LineMap(List<Edit> edits) {
    this.edits = edits;
  }

  /** Every line is where it was. */
  public static LineMap identity() {
    return new LineMap(List.of());
  }

  /** From the lines of {@code from} to those of {@code to}. */
  public static LineMap between(String from, String to) {
    HistogramDiff diff = new HistogramDiff();
    // Where all lines are alike, to find the shortest way takes time by the square: they are told
    // to have been replaced.
    diff.setFallbackAlgorithm(null);
    return new LineMap(
        List.copyOf(
            diff.diff(
                RawTextComparator.DEFAULT,
                new RawText(from.getBytes(StandardCharsets.UTF_8)),
                new RawText(to.getBytes(StandardCharsets.UTF_8)))));
  }

  /** The line, from 1, that {@code line} is in the other version; none when it is not there. */
  public OptionalInt line(int line) {
    int index = line - 1;
    int shift = 0;
    for (Edit edit : edits) {
      if (index < edit.getBeginA()) {
        break;
      }
      if (index < edit.getEndA()) {
        return OptionalInt.empty();
      }
      shift = edit.getEndB() - edit.getEndA();
    }
    return OptionalInt.of(line + shift);
  }

  /** Whether all lines from {@code first} to {@code last} are there with nothing new between. */
  public boolean keeps(int first, int last) {
    return edits.stream().noneMatch(edit -> edit.getBeginA() < last && edit.getEndA() >= first);
  }

  /**
   * The line that {@link #line} gives, or, for a line that is not there, the one before the place
   * where it would be.
   */
  public int nearest(int line) {
    return line(line)
        .orElseGet(
            () ->
                edits.stream()
                    .filter(edit -> line <= edit.getEndA())
                    .findFirst()
                    .map(edit -> Math.max(1, edit.getBeginB()))
                    .orElse(line));
  }
}
