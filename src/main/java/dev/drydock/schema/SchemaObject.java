package dev.drydock.schema;

/**
 * One object of a database schema.
 *
 * <p>Its {@link #id()} is the engine's own identity for it, which survives a rename; two objects of
 * one name that exist one after the other have different ids.
 */
public sealed interface SchemaObject
    permits Table,
        Column,
        Constraint,
        Index,
        Trigger,
        Policy,
        Grant,
        Sequence,
        Type,
        Function,
        Namespace,
        Extension,
        GrantTarget {

  String id();

  Name name();
}
