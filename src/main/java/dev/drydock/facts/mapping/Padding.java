package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How much of a row is lost to alignment. */
final class Padding {
  /** Length and alignment in bytes of the types whose values all have one length. */
  private static final Map<String, int[]> FIXED =
      Map.ofEntries(
          Map.entry("bigint", new int[] {8, 8}),
          Map.entry("double precision", new int[] {8, 8}),
          Map.entry("timestamp with time zone", new int[] {8, 8}),
          Map.entry("timestamp without time zone", new int[] {8, 8}),
          Map.entry("time without time zone", new int[] {8, 8}),
          Map.entry("time with time zone", new int[] {12, 8}),
          Map.entry("interval", new int[] {16, 8}),
          Map.entry("money", new int[] {8, 8}),
          Map.entry("uuid", new int[] {16, 1}),
          Map.entry("integer", new int[] {4, 4}),
          Map.entry("real", new int[] {4, 4}),
          Map.entry("date", new int[] {4, 4}),
          Map.entry("oid", new int[] {4, 4}),
          Map.entry("smallint", new int[] {2, 2}),
          Map.entry("boolean", new int[] {1, 1}));

  private static final int ROW = 8;

  private Padding() {}

  /**
   * Bytes that the columns before the first of varying length would save in the best order; where a
   * later column lies depends on the values.
   */
  static long of(List<Column> columns) {
    List<int[]> fixed = new ArrayList<>();
    for (Column column : columns) {
      int[] type =
          column.type().kind().equals("enum")
              ? FIXED.get("integer")
              : FIXED.get(column.type().base());
      if (type == null) {
        break;
      }
      fixed.add(type);
    }
    List<int[]> best =
        fixed.stream()
            .sorted(
                Comparator.comparingInt((int[] type) -> -type[1])
                    .thenComparingInt(type -> type[0] % type[1]))
            .toList();
    boolean whole = fixed.size() == columns.size();
    return length(fixed, whole) - length(best, whole);
  }

  /**
   * @param whole whether the row ends there: its length is a multiple of the widest alignment
   */
  private static long length(List<int[]> types, boolean whole) {
    long offset = 0;
    for (int[] type : types) {
      offset = aligned(offset, type[1]) + type[0];
    }
    return whole ? aligned(offset, ROW) : offset;
  }

  private static long aligned(long offset, int alignment) {
    return (offset + alignment - 1) / alignment * alignment;
  }
}
