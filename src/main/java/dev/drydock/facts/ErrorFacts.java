package dev.drydock.facts;

/**
 * Why a statement did not succeed; all empty for one that did.
 *
 * @param state SQLSTATE
 * @param message the server's own words
 * @param hint the server's hint
 * @param remedy what the replay is seen to lack, which production may have, and how to give it
 *     that; empty where nothing of the kind is seen
 * @param template whether it looks like text that something fills in before it is sent
 */
public record ErrorFacts(
    String state, String message, String hint, String remedy, boolean template) {}
