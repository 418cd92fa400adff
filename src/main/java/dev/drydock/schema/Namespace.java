package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/**
 * A schema in the sense of {@code CREATE SCHEMA}.
 *
 * @param searches the text search configurations in it
 */
public record Namespace(
    String id, Name name, String owner, List<SearchConfiguration> searches, List<Grant> grants)
    implements SchemaObject {
  public Namespace {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(owner);
    searches = List.copyOf(searches);
    grants = List.copyOf(grants);
  }
}
