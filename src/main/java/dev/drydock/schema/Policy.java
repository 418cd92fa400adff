package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/**
 * A row level security policy.
 *
 * @param table id of its table
 * @param command {@code all}, {@code select}, {@code insert}, {@code update} or {@code delete}
 * @param using the condition on rows read; empty when there is none
 * @param check the condition on rows written; empty when there is none
 */
public record Policy(
    String id,
    Name name,
    String table,
    String command,
    boolean permissive,
    List<String> roles,
    String using,
    String check)
    implements TablePart {
  public Policy {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(table);
    Objects.requireNonNull(command);
    roles = List.copyOf(roles);
    Objects.requireNonNull(using);
    Objects.requireNonNull(check);
  }
}
