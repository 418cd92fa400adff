package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/**
 * What rights can be given on and is no object of the schema itself: a role, whose members may act
 * for it, or what a role will create from now on.
 *
 * @param name of the role; of default privileges, in words, what they are for
 * @param kind {@code role} or {@code default privileges}
 */
public record GrantTarget(String id, Name name, String kind, List<Grant> grants)
    implements SchemaObject {
  public GrantTarget {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    grants = List.copyOf(grants);
  }
}
