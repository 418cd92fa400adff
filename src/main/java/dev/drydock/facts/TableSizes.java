package dev.drydock.facts;

import java.util.Map;

/**
 * How large the tables of production are, as far as somebody wrote it down.
 *
 * @param byName by qualified name
 */
public record TableSizes(Map<String, Size> byName) {
  public static final TableSizes UNKNOWN = new TableSizes(Map.of());

  private static final Size NOT_SAID = new Size(-1, -1);

  /**
   * The size of one table.
   *
   * @param rows how many rows, -1 when unknown
   * @param bytes with its indexes, -1 when unknown
   */
  public record Size(long rows, long bytes) {}

  public TableSizes {
    byName = Map.copyOf(byName);
  }

  public Size of(String name) {
    return byName.getOrDefault(name, NOT_SAID);
  }
}
