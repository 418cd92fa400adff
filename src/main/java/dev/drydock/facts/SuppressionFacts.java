package dev.drydock.facts;

/**
 * One rule id in a {@code drydock:allow} comment.
 *
 * @param rule the id as written; empty when the comment has a problem
 * @param reason the author's words; empty when none are given
 * @param known whether a rule of that id exists
 * @param used whether it suppressed a finding
 * @param problem why the comment suppresses nothing: {@code misspelled}, {@code not-first}, {@code
 *     no-rule}, {@code not-an-id}, {@code no-statement}; empty when it is well formed
 */
public record SuppressionFacts(
    String rule, String reason, boolean known, boolean used, String problem) {}
