package dev.drydock.facts;

import java.util.List;

/**
 * A publication that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param existedBefore whether production has it
 * @param stillServed whether, at the end of the change, a publication answers to the name it has in
 *     production, or had before where production has none
 * @param servedAtCommit whether that is so at the end of the transaction already
 * @param lostTables names of the tables that it sends in production and that, though they are there
 *     at the end of the change, what answers to its name then sends no more; those that it sends
 *     with a table above are not among them
 * @param lostCommands what it sends in production of its tables and what answers to its name at the
 *     end of the change does not: {@code UPDATE}, {@code DELETE}
 * @param lostColumns columns that it sends in production and that, though they are there at the end
 *     of the change, what answers to its name then sends no more, those of each table in words,
 *     e.g. {@code public.orders (note, total)}
 * @param filteredTables names of the tables of which it sends, at the end of the change, the rows
 *     that a condition chooses that it has not in production
 */
public record PublicationChange(
    String event,
    String name,
    boolean existedBefore,
    boolean stillServed,
    boolean servedAtCommit,
    List<String> lostTables,
    List<String> lostCommands,
    List<String> lostColumns,
    List<String> filteredTables) {}
