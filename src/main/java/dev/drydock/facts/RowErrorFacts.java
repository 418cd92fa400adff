package dev.drydock.facts;

/**
 * How the server refused a statement for the generated rows in its tables; all empty for one that
 * it did not.
 *
 * @param state SQLSTATE
 * @param message the server's own words
 * @param certain whether any other row would have been refused as well: a column is missing, and
 *     nothing in the change fills it
 */
public record RowErrorFacts(String state, String message, boolean certain) {}
