package dev.drydock.schema;

import java.util.Objects;

/** An installed extension. */
public record Extension(String id, Name name, String version) implements SchemaObject {
  public Extension {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
  }
}
