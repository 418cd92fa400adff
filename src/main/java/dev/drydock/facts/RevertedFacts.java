package dev.drydock.facts;

/**
 * A command that a block or function ran and that was taken back in the same statement, by an error
 * which is handled there or by a ROLLBACK.
 *
 * @param command its command tag, e.g. {@code DROP TABLE}; none that writes rows
 * @param text its text; empty where the server does not say
 */
public record RevertedFacts(String command, String text) {}
