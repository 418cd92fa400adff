package dev.drydock.facts.mapping;

import dev.drydock.schema.Name;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * How large the tables of production are, as far as somebody wrote it down.
 *
 * @param captured when production was asked
 * @param byName the size of each table, by the name it has in production
 */
public record TableSizes(Instant captured, Map<Name, Size> byName) {
  /** What holds when nobody wrote anything down. */
  public static final TableSizes UNKNOWN = new TableSizes(Instant.EPOCH, Map.of());

  static final Size NOT_SAID = new Size(-1, -1);

  /**
   * The size of one table.
   *
   * @param rows how many rows, -1 when unknown
   * @param bytes with its indexes, -1 when unknown
   */
  public record Size(long rows, long bytes) {}

  public TableSizes {
    Objects.requireNonNull(captured);
    byName = Map.copyOf(byName);
  }

  public Size of(Name name) {
    return byName.getOrDefault(name, NOT_SAID);
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }
}
