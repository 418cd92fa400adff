package dev.drydock.facts;

/**
 * Something wrong with the order or identity of migrations.
 *
 * @param kind {@code edited}, {@code deleted}, {@code renamed}, {@code duplicate-version}, {@code
 *     gap}, {@code out-of-order} (the tool does not run it), {@code late} (it runs it after newer
 *     ones), {@code ignored}, {@code missing}, {@code unrunnable} (the tool does not get it done)
 *     or {@code not-sql}
 * @param subject the version or file it is about
 * @param detail a sentence that names the other side
 * @param layout the layout of the history
 * @param directory the directory of the history
 */
public record ProblemFacts(
    String kind, String subject, String detail, String layout, String directory) {}
