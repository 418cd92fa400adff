package dev.drydock.engine.postgres;

import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that a row of a partitioned table needs for one of its partitions to take it. */
final class PartitionValues {
  private static final Pattern COLUMNS = Pattern.compile("^(?:RANGE|LIST) \\(([\\w$\", ]+)\\)$");

  /** The lower bound, which belongs to the partition, or the values of a list. */
  private static final Pattern BOUND =
      Pattern.compile("^FOR VALUES (?:FROM|IN) \\((.*)\\)$", Pattern.DOTALL);

  /** Of a longer text the match would go deeper than the stack. */
  private static final Pattern VALUE =
      Pattern.compile("\\G(?:, )?('(?:[^']|''){0,1000}'|-?[\\w.+]+)", Pattern.DOTALL);

  private PartitionValues() {}

  /** SQL literals by the columns of the key, of all levels; none where any row is taken. */
  static Map<String, String> of(Table table, Schema schema) {
    if (table.kind() != Table.Kind.PARTITIONED_TABLE || !table.defaultPartition().isEmpty()) {
      return Map.of();
    }
    List<String> key = columns(table);
    for (Table partition : schema.tables().filter(t -> t.parents().contains(table.id())).toList()) {
      Optional<List<String>> bound = bound(partition, key.size());
      if (bound.isPresent()) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < key.size(); i++) {
          values.put(key.get(i), bound.get().get(i));
        }
        // A column that divides on two levels has to fit the lower one.
        values.putAll(of(partition, schema));
        return values;
      }
    }
    return Map.of();
  }

  /** Empty for expressions, and for a hash, which takes whatever comes. */
  private static List<String> columns(Table table) {
    Matcher columns = COLUMNS.matcher(table.partitionKey());
    return columns.find()
        ? Pattern.compile(", ")
            .splitAsStream(columns.group(1))
            .map(name -> name.replace("\"", ""))
            .toList()
        : List.of();
  }

  private static Optional<List<String>> bound(Table partition, int size) {
    Matcher bound = BOUND.matcher(partition.partitionBound());
    if (size == 0 || !bound.find()) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    Matcher value = VALUE.matcher(bound.group(1));
    while (values.size() < size && value.find()) {
      values.add(value.group(1));
    }
    return values.size() < size || values.contains("MINVALUE")
        ? Optional.empty()
        : Optional.of(values);
  }
}
