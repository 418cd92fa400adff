package dev.drydock.facts;

import java.util.List;

/**
 * A function or trigger production has whose body names what the change dropped, renamed or gave
 * another type, or a table that it gave another column, as it is at the end of the change; or a
 * trigger that the change makes, or whose function it writes anew, and that makes writes fail.
 *
 * @param kind {@code function}, {@code procedure} or {@code trigger}
 * @param name qualified; of a trigger the name alone
 * @param arguments of a function, their types
 * @param language e.g. {@code plpgsql}
 * @param table qualified name of a trigger's table, or of the table that has the column {@code
 *     captured}; empty otherwise
 * @param function qualified name of the function a trigger calls; empty otherwise
 * @param broken whether the server accepted it before the change and refuses it now; also of one
 *     that the change makes
 * @param written whether the change makes the trigger, or writes its function anew
 * @param how what showed that: {@code read} (the server checked its text), {@code called}, {@code
 *     insert}, {@code update} or {@code delete}; empty when it is not broken
 * @param error what the server says now; all empty when it is not broken
 * @param captured name of the argument of an SQL function that its text meant before the change,
 *     and in place of which it means a column of that name now; empty where there is none
 * @param gone what its text names and the change dropped, renamed or moved, each in words, e.g.
 *     {@code column mail of public.users (now email)}
 */
public record DependentFacts(
    String kind,
    String name,
    String arguments,
    String language,
    String table,
    String function,
    boolean broken,
    boolean written,
    String how,
    ErrorFacts error,
    String captured,
    List<String> gone) {}
