package dev.drydock.facts;

/**
 * Why a statement did not succeed; all empty for one that did.
 *
 * @param state SQLSTATE
 * @param message the server's own words
 * @param hint the server's hint
 */
public record ErrorFacts(String state, String message, String hint) {}
