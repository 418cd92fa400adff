package dev.drydock.facts;

import java.util.List;

/**
 * A pending migration.
 *
 * @param file its path
 * @param version as its tool shows it
 * @param description the words of its name
 * @param repeatable whether its tool runs it again whenever it changes
 * @param layout the tool's layout: {@code flyway}, {@code prisma}, …
 * @param transaction who opens one around it: {@code migration} (the tool), {@code implicit} (the
 *     server, because the file is sent as one query) or {@code none}
 * @param alwaysInTransaction whether its tool runs nothing without a transaction: then what the
 *     server refuses in one is to be run by hand
 * @param toldToOpenNone what {@code transaction} is once the text of the file tells its tool to
 *     open none; empty where it cannot
 * @param together whether its tool runs it in one transaction with all else that is new: then what
 *     needs a commit in between needs a deploy in between
 * @param reversible whether it has a script that undoes it
 * @param before how many migrations of the same history come before it, applied or new
 * @param nothingBefore whether neither they nor what is run before them made anything that is there
 * @param statements its statements
 */
public record MigrationFacts(
    String file,
    String version,
    String description,
    boolean repeatable,
    String layout,
    String transaction,
    boolean alwaysInTransaction,
    String toldToOpenNone,
    boolean together,
    boolean reversible,
    long before,
    boolean nothingBefore,
    List<StatementFacts> statements) {}
