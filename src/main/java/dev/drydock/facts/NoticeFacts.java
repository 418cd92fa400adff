package dev.drydock.facts;

/**
 * Something the server said about a statement that it ran all the same.
 *
 * @param severity {@code NOTICE}, {@code WARNING}, …
 * @param state SQLSTATE, e.g. {@code 42P07} for a relation that is there already
 * @param message the server's own words
 */
public record NoticeFacts(String severity, String state, String message) {}
