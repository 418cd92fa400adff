package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/** A schema in the sense of {@code CREATE SCHEMA}. */
public record Namespace(String id, Name name, String owner, List<Grant> grants)
    implements SchemaObject {
  public Namespace {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(owner);
    grants = List.copyOf(grants);
  }
}
