package dev.drydock.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cells in columns, as wide as their widest where there is room; where there is not, the columns
 * give in a fixed order.
 *
 * @param giving one for each column
 */
record TextGrid(List<List<String>> rows, List<Giving> giving) {
  private static final String BETWEEN = "  ";

  /** Below this nobody recognises a name. */
  private static final int NARROWEST = 12;

  /**
   * How a column gives.
   *
   * @param turn columns with a lower one give before it
   * @param floor in cells; it gives less than that when all others have given
   * @param breaks whether its cells go on in another line after a blank; the others lose their
   *     middle
   */
  record Giving(int turn, int floor, boolean breaks) {}

  /** The lines of each row, none of them wider than {@code width} unless nothing can give more. */
  List<List<String>> lines(int width) {
    int[] widths = widths(width);
    return rows.stream().map(row -> lines(row, widths)).toList();
  }

  private List<String> lines(List<String> row, int[] widths) {
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      cells.add(
          giving.get(i).breaks()
              ? broken(row.get(i), widths[i])
              : List.of(DisplayWidth.fitted(row.get(i), widths[i])));
    }
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < height; at++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String text = at < cells.get(i).size() ? cells.get(i).get(at) : "";
        line.append(i == 0 ? "" : BETWEEN).append(DisplayWidth.padded(text, widths[i]));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Whether all has room in {@code width} as it is. */
  boolean fits(int width) {
    int between = BETWEEN.length() * (giving.size() - 1);
    return Arrays.stream(natural()).sum() + between <= width;
  }

  private int[] natural() {
    int[] natural = new int[giving.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < natural.length; i++) {
        natural[i] = Math.max(natural[i], DisplayWidth.of(row.get(i)));
      }
    }
    return natural;
  }

  private int[] widths(int width) {
    int[] natural = natural();
    int room = width - BETWEEN.length() * (natural.length - 1);
    int[] widths = natural.clone();
    List<Integer> turns =
        IntStream.range(0, natural.length)
            .boxed()
            .sorted(Comparator.comparing(i -> giving.get(i).turn()))
            .toList();
    turns.forEach(i -> give(widths, i, room, giving.get(i).floor()));
    turns.forEach(i -> give(widths, i, room, giving.get(i).breaks() ? longestWord(i) : NARROWEST));
    // What breaks leaves room behind, and gives it back to what was cut.
    for (int i : turns) {
      int left = room - Arrays.stream(widths).sum();
      if (left > 0 && !giving.get(i).breaks()) {
        widths[i] = Math.min(natural[i], widths[i] + left);
      }
    }
    return widths;
  }

  private void give(int[] widths, int column, int room, int floor) {
    int over = Arrays.stream(widths).sum() - room;
    if (over <= 0 || widths[column] <= floor) {
      return;
    }
    int width = Math.max(floor, widths[column] - over);
    widths[column] =
        giving.get(column).breaks()
            ? rows.stream()
                .flatMap(row -> broken(row.get(column), width).stream())
                .mapToInt(DisplayWidth::of)
                .max()
                .orElse(width)
            : width;
  }

  private int longestWord(int column) {
    return rows.stream()
        .flatMap(row -> Arrays.stream(row.get(column).split(" ")))
        .mapToInt(word -> Math.min(DisplayWidth.of(word), 2 * NARROWEST))
        .max()
        .orElse(0);
  }

  /** The lines of a cell; only a word that is wider than a line loses its middle. */
  private static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && DisplayWidth.of(line.toString()) + 1 + DisplayWidth.of(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(DisplayWidth.fitted(word, width));
    }
    lines.add(line.toString());
    return lines;
  }
}
