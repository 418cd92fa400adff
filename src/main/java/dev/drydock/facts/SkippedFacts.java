package dev.drydock.facts;

/**
 * A command that stands in a DO block which did not come to it, though the server would take it at
 * the end of the migration: a branch that was not taken, or a loop that had nothing to do.
 *
 * @param command its command tag, e.g. {@code DROP TABLE}; {@code TRUNCATE}, {@code UPDATE} and
 *     {@code DELETE} among them, the latter two where they leave no row out
 * @param text its text; of an EXECUTE what it runs
 */
public record SkippedFacts(String command, String text) {}
