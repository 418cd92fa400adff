package dev.drydock.schema;

import java.util.List;

/**
 * One object of a database schema.
 *
 * <p>Its {@link #id()} is the engine's own identity for it, which survives a rename; two objects of
 * one name that exist one after the other have different ids.
 */
public sealed interface SchemaObject
    permits Table,
        TablePart,
        Grant,
        Sequence,
        Type,
        Function,
        Namespace,
        Extension,
        Publication,
        GrantTarget {

  String id();

  Name name();

  /** What roles may do with it; none of what rights cannot be given on. */
  default List<Grant> grants() {
    return List.of();
  }
}
