package dev.drydock.policy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How large the tables are in production that the harm of a finding grows with.
 *
 * @param scale what they count as together
 * @param otherwise the severity of the finding if nobody had said how large they are
 * @param captured when production was asked
 * @param tables those whose size is known, the largest first, at least one
 */
public record Weighed(Scale scale, Severity otherwise, Instant captured, List<Table> tables) {
  private static final int MOST_NAMED = 3;

  /** What a table counts as. */
  public enum Scale {
    /** Reading or writing all of it takes moments. */
    SMALL,
    /** Neither. */
    MEDIUM,
    /** Reading or writing all of it takes long. */
    LARGE;

    /** Lower case, as reports spell it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A table of production.
   *
   * @param name qualified, as it is named after the statement
   * @param rows an estimate, -1 when unknown
   * @param bytes with its indexes, -1 when unknown
   */
  public record Table(String name, long rows, long bytes) {
    public Table {
      Objects.requireNonNull(name);
    }

    private String words() {
      String size =
          rows < 0
              ? Amounts.bytes(bytes)
              : Amounts.rows(rows) + (bytes < 0 ? "" : " (" + Amounts.bytes(bytes) + ")");
      return size + " in " + name;
    }
  }

  public Weighed {
    Objects.requireNonNull(scale);
    Objects.requireNonNull(otherwise);
    Objects.requireNonNull(captured);
    tables = List.copyOf(tables);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("nothing to weigh");
    }
  }

  /** The sizes in a sentence, with the day they are of. */
  public String sentence() {
    List<String> words = new ArrayList<>();
    tables.stream().limit(MOST_NAMED).map(Table::words).forEach(words::add);
    int more = tables.size() - MOST_NAMED;
    if (more > 0) {
      words.add("less in " + more + " more");
    }
    return "On %s production had %s."
        .formatted(captured.atZone(ZoneOffset.UTC).toLocalDate(), joined(words));
  }

  private static String joined(List<String> words) {
    return words.size() == 1
        ? words.getFirst()
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }
}
