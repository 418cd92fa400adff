package dev.drydock.facts;

/**
 * What a table makes of writes before they run: CREATE RULE.
 *
 * @param name its name
 * @param command what it is for: {@code INSERT}, {@code UPDATE} or {@code DELETE}
 * @param conditional whether it has a WHERE
 * @param instead whether the write itself is not done
 * @param nothing whether it does nothing else either
 */
public record RewriteRuleFacts(
    String name, String command, boolean conditional, boolean instead, boolean nothing) {}
