package dev.drydock.facts;

import java.util.List;

/**
 * A table or view that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name qualified; the old name when it was renamed
 * @param existedBefore whether production has it
 * @param before as it was
 * @param after as it is
 * @param lock the strongest lock held on it
 * @param stillServed whether, at the end of the change, a relation answers to the name it had
 *     before: a view that keeps the old name alive, a table made anew, or itself again; not a
 *     materialized view that is not filled yet
 * @param servedAtCommit whether that is so at the end of the transaction already
 * @param successor what answers to its name then, when that is another one
 * @param standIn name of the view of production whose name it takes and through which all its rows
 *     could be read and written; empty when there is none
 * @param successorEmpty whether that is a table which the change makes and nobody gives rows
 * @param followers what production has that goes on with it under its new name, where {@code
 *     successor} is a new table: foreign keys that lead to it and views that read it, each in words
 * @param lostColumns names of columns of production, still borne by the same columns, that what
 *     answers to its name then has not; empty when nothing does
 * @param lostGrants rights to read and write it that roles had and that what answers to its name
 *     then does not give them, each in words, e.g. {@code SELECT of reporting}; empty when nothing
 *     does
 * @param lostGuards what keeps its rows right and what answers to its name then comes without, each
 *     in words, e.g. {@code trigger audit}, {@code unique key (email)}, {@code row level security};
 *     of the columns that both have; empty when nothing does, and for views
 * @param wanted names of columns that are NOT NULL and have no default in what answers to its name
 *     then, and that an INSERT could leave out so far
 * @param lostByOwner rights to read and write it, e.g. {@code SELECT}, that the role which owns it
 *     in production has no part of at the end of the change, neither itself nor by a role it is a
 *     member of nor by PUBLIC; empty when that role is gone, is a superuser or the one that
 *     migrates
 * @param inProduction as production has it; empty for one the change makes
 * @param atEnd as it is at the end of the change; empty when it is gone by then
 * @param secured for a view, names of the tables with row level security that it reads with the
 *     rights of its owner at the end of the change, or that a view which it reads does
 * @param passedBy where row level security is switched on and stays so, names of the views that
 *     production has, that the change leaves as they are, and through which roles may read rows of
 *     the table that its policies keep from them
 * @param keptOut where row level security is switched on or forced upon the owner, and stays so,
 *     rights to its rows that roles have, or its owner, and that no policy lets them use, those of
 *     each in words, e.g. {@code INSERT, UPDATE of app}; not of superusers and those with BYPASSRLS
 * @param writers for a view, the roles besides its owner that production gives a right to write its
 *     rows
 * @param hides of a table that the statement made, renamed or moved, names of tables of production
 *     that are still there at the end of the change, and in the place of which sessions find this
 *     one then by its name without a schema: by the search_path that they begin with
 * @param hidesFrom the roles whose sessions do; superusers and the role that migrates are not named
 * @param inherited whether the statement did the same to a table it is a partition or child of
 * @param below names of the partitions and children that came, went or changed in the same way with
 *     it, and those below them
 */
public record TableChange(
    String event,
    String name,
    boolean existedBefore,
    TableFacts before,
    TableFacts after,
    LockFacts lock,
    boolean stillServed,
    boolean servedAtCommit,
    TableFacts successor,
    String standIn,
    boolean successorEmpty,
    List<String> followers,
    List<String> lostColumns,
    List<String> lostGrants,
    List<String> lostGuards,
    List<String> wanted,
    List<String> lostByOwner,
    TableFacts inProduction,
    TableFacts atEnd,
    List<String> secured,
    List<String> passedBy,
    List<String> keptOut,
    List<String> writers,
    List<String> hides,
    List<String> hidesFrom,
    boolean inherited,
    List<String> below) {}
