package dev.drydock.policy;

import dev.drydock.facts.RelationFacts;
import dev.drydock.facts.TableFacts;
import dev.drydock.facts.mapping.TableSizes.Size;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Up to which size a table counts as small, and from which on as large.
 *
 * @param small a small table has no more than this, neither of rows nor of bytes
 * @param large a large one has at least this, of rows or of bytes
 */
public record Weighing(Size small, Size large) {
  public static final Weighing STANDARD =
      new Weighing(new Size(10_000, 10L << 20), new Size(1_000_000, 1L << 30));

  public Weighing {
    Objects.requireNonNull(small);
    Objects.requireNonNull(large);
    if (small.rows() >= large.rows() || small.bytes() >= large.bytes()) {
      throw new IllegalArgumentException("a small table has to have less than a large one");
    }
  }

  /**
   * Weighs what a rule names under {@code weigh}.
   *
   * @param named a {@link RelationFacts}, a {@link TableFacts}, or a list of either
   * @param otherwise the severity of the finding when nothing is weighed
   * @param captured when production was asked
   * @return absent when the size of none of them is known
   */
  Optional<Weighed> weigh(Object named, Severity otherwise, Instant captured) {
    List<Weighed.Table> tables =
        (named instanceof List<?> list ? list : List.of(named))
            .stream().map(Weighing::table).distinct().toList();
    List<Weighed.Table> known =
        tables.stream()
            .filter(table -> table.rows() >= 0 || table.bytes() >= 0)
            .sorted(
                Comparator.comparingLong(Weighed.Table::bytes)
                    .thenComparingLong(Weighed.Table::rows)
                    .reversed()
                    .thenComparing(Weighed.Table::name))
            .toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Weighed.Scale scale =
        known.stream().anyMatch(this::isLarge)
            ? Weighed.Scale.LARGE
            : tables.stream().allMatch(this::isSmall) ? Weighed.Scale.SMALL : Weighed.Scale.MEDIUM;
    return Optional.of(new Weighed(scale, otherwise, captured, known));
  }

  private static Weighed.Table table(Object facts) {
    return switch (facts) {
      case RelationFacts relation ->
          new Weighed.Table(
              relation.table().isEmpty() ? relation.name() : relation.table(),
              relation.rows(),
              relation.bytes());
      case TableFacts table -> new Weighed.Table(table.name(), table.rows(), table.bytes());
      default -> throw new IllegalArgumentException("%s has no size".formatted(facts.getClass()));
    };
  }

  /** Rows that nobody counted are bounded by the bytes they take. */
  private boolean isSmall(Weighed.Table table) {
    return table.rows() <= small.rows() && table.bytes() >= 0 && table.bytes() <= small.bytes();
  }

  private boolean isLarge(Weighed.Table table) {
    return table.rows() >= large.rows() || table.bytes() >= large.bytes();
  }
}
