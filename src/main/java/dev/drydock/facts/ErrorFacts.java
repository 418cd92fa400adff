package dev.drydock.facts;

/**
 * Why a statement did not succeed; all empty for one that did.
 *
 * @param state SQLSTATE
 * @param message the server's own words
 * @param hint the server's hint
 * @param onGeneratedRow whether only a generated row made it fail: it passes on empty tables
 */
public record ErrorFacts(String state, String message, String hint, boolean onGeneratedRow) {}
