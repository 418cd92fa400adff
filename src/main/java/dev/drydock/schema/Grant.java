package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/**
 * What one role may do with one object; the owner's own rights are not listed.
 *
 * @param name of the object
 * @param object id of the object
 * @param grantee the role, or {@code PUBLIC}
 * @param privileges in the engine's words, sorted; that to a column has its name behind it, e.g.
 *     {@code SELECT (email)}
 */
public record Grant(String id, Name name, String object, String grantee, List<String> privileges)
    implements SchemaObject {
  public Grant {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(object);
    Objects.requireNonNull(grantee);
    privileges = List.copyOf(privileges);
  }
}
