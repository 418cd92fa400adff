package dev.drydock.schema;

import java.util.Objects;

/**
 * What a relation makes of writes before they run: {@code CREATE RULE}.
 *
 * @param event {@code INSERT}, {@code UPDATE} or {@code DELETE}
 * @param conditional whether it has a WHERE
 * @param instead whether the write itself is not done
 * @param nothing whether it does nothing else either
 */
public record RewriteRule(
    String name, String event, boolean conditional, boolean instead, boolean nothing) {
  public RewriteRule {
    Objects.requireNonNull(name);
    Objects.requireNonNull(event);
  }
}
