package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/**
 * A text search configuration.
 *
 * @param name without its schema
 * @param dictionaries names of those that it maps words by, without their schemas
 */
public record SearchConfiguration(String name, List<String> dictionaries) {
  public SearchConfiguration {
    Objects.requireNonNull(name);
    dictionaries = List.copyOf(dictionaries);
  }
}
