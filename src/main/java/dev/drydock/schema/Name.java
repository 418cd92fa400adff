package dev.drydock.schema;

import java.util.Objects;

/**
 * The qualified name of a database object, as the catalog holds it (folded and without quotes).
 *
 * @param schema empty for what lives in no schema, such as an extension or a schema itself
 */
public record Name(String schema, String local) implements Comparable<Name> {
  public Name {
    Objects.requireNonNull(schema);
    Objects.requireNonNull(local);
  }

  @Override
  public int compareTo(Name other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : local.compareTo(other.local);
  }

  /** {@code schema.local}, or {@code local} alone. */
  @Override
  public String toString() {
    return schema.isEmpty() ? local : schema + "." + local;
  }
}
