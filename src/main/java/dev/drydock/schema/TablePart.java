package dev.drydock.schema;

/** What hangs on a table or view, and goes and moves with it. */
public sealed interface TablePart extends SchemaObject
    permits Column, Constraint, Index, Trigger, Policy {

  /** Id of the table or view. */
  String table();
}
