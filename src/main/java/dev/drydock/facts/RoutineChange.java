package dev.drydock.facts;

import java.util.List;

/**
 * A function or procedure that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name qualified; the old name when it was renamed
 * @param existedBefore whether production has it
 * @param underNewName whether the change gave it another name before, its schema apart; not so for
 *     one that the change makes
 * @param before as it was
 * @param after as it is
 * @param atEnd as it is at the end of the change; empty when it is gone by then
 * @param stillServed whether, at the end of the change, a function answers to the name it has in
 *     production, or had before where production has none, whatever its arguments
 * @param callsServed whether one of those takes the calls it took: the same types or wider ones
 *     first, and a default for whatever comes after
 * @param shortCallsServed whether calls that leave out what it has a default for are taken as well
 * @param callsServedAtCommit whether that is so at the end of the transaction already
 * @param resultAtEnd what that one returns, e.g. {@code bigint}; empty where there is none
 * @param lostNames names by which calls may give it an argument ({@code id => 1}) and that the one
 *     which takes its calls at the end of the change does not know
 * @param movedNames those that are the names of other places there, so that a call which gives its
 *     arguments by place goes through and gives others
 * @param keptResults where its text became another, what production has that was computed with it
 *     and stays as it was to the end of the change: indexes, stored generated columns and checks,
 *     in words, e.g. {@code index users_norm_idx of public.users}
 * @param ambiguousWith the functions of its name that are there at the end too, for some of whose
 *     calls the server cannot choose between the two from this statement on, each with its
 *     arguments, e.g. {@code public.total(id bigint)}: those that production has; of those that the
 *     change made before it, the ones where that is so of calls that give one of the two all its
 *     arguments
 * @param callers who may call it at the end of the change besides its owner: roles, or {@code
 *     PUBLIC}, which every new function lets in
 * @param lostGrants where another function takes its calls at the end of the change, the rights to
 *     call it that roles had and have not on that one, e.g. {@code EXECUTE of app}
 * @param newCallers who may call that one and could not call this one, though no GRANT says so:
 *     {@code PUBLIC}, which the server lets call whatever is made, and whom default privileges name
 */
public record RoutineChange(
    String event,
    String name,
    boolean existedBefore,
    boolean underNewName,
    RoutineFacts before,
    RoutineFacts after,
    RoutineFacts atEnd,
    boolean stillServed,
    boolean callsServed,
    boolean shortCallsServed,
    boolean callsServedAtCommit,
    String resultAtEnd,
    List<String> lostNames,
    List<String> movedNames,
    List<String> keptResults,
    List<String> ambiguousWith,
    List<String> callers,
    List<String> lostGrants,
    List<String> newCallers) {}
