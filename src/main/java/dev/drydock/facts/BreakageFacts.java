package dev.drydock.facts;

/**
 * A view, function or trigger that production has and that the change leaves unable to run.
 *
 * @param kind {@code function}, {@code procedure}, {@code trigger} or {@code view}
 * @param name qualified, with argument types for a function
 * @param why what it misses, in words
 * @param proven whether the server said so; otherwise its text names what is gone
 */
public record BreakageFacts(String kind, String name, String why, boolean proven) {}
