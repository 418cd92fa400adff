package dev.drydock.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A piece of a YAML file and where it stands. */
public sealed interface YamlNode {

  Mark mark();

  /**
   * A position in a file.
   *
   * @param line from 1
   * @param column from 1
   */
  record Mark(String file, int line, int column) {
    @Override
    public String toString() {
      return file + ":" + line + ":" + column;
    }
  }

  /**
   * A single value, always as text.
   *
   * @param plain whether it was written without quotes, so that {@code true} and {@code 5} are more
   *     than text
   */
  record Scalar(String value, boolean plain, Mark mark) implements YamlNode {
    public Scalar {
      Objects.requireNonNull(value);
      Objects.requireNonNull(mark);
    }
  }

  /** Nodes, in the order of the file. */
  record Sequence(List<YamlNode> items, Mark mark) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
      Objects.requireNonNull(mark);
    }
  }

  /** Keys and values, in the order of the file. */
  record Mapping(Map<String, Entry> entries, Mark mark) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      Objects.requireNonNull(mark);
    }

    /** The value of a key, where it is there. */
    public Optional<YamlNode> value(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }
  }

  /** A value and where its key stands. */
  record Entry(Mark key, YamlNode value) {
    public Entry {
      Objects.requireNonNull(key);
      Objects.requireNonNull(value);
    }
  }
}
