package dev.drydock.facts;

import java.util.List;

/**
 * A row level security policy that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param table its table at the end of the change, or as it was when it is gone
 * @param command {@code all}, {@code select}, {@code insert}, {@code update} or {@code delete}
 * @param permissive whether it opens rows; a restrictive one closes them
 * @param roles the roles it is for
 * @param using the condition on rows read
 * @param check the condition on rows written
 * @param usingAlways whether the condition on rows read leaves no row out, by constants alone
 * @param checkAlways the same of the condition on rows written
 * @param alike names of the permissive policies for a command and a role that it is for too, which
 *     were there before it and are at the end of the change; not those beside which production has
 *     it already, when it is made anew
 * @param toldLater whether the change makes another policy after it that is for a command and a
 *     role that it is for, and for one with each of {@code alike}
 * @param uncovered of a permissive one that was dropped, the commands it was for that no permissive
 *     policy is for at the end of the change, while row level security is on
 * @param keptOut of one that production has and that was dropped or altered, rights to the rows
 *     that it let roles use there and that no permissive policy is for at the end of the change,
 *     those of each in words, e.g. {@code SELECT, UPDATE of app}
 * @param opened of a restrictive one that production has and that was dropped, whether at the end
 *     of the change row level security is on, a permissive policy for a command and a role that it
 *     was for is there, and no restrictive one for such that the change has made
 * @param unlike of one that was altered, or made and has the name of one that production has on the
 *     table, how what production has differs from it, and at the end of the change still does:
 *     {@code using}, {@code check} (the condition on rows written, which is that on rows read where
 *     none is given), {@code roles}; conditions that mean the same by more than a value being asked
 *     for in a query of its own count as different; of a table whose columns get other names or
 *     types, only the roles and conditions that are always true
 * @param usingBefore the condition on rows read that production has; empty where it has none of its
 *     name
 * @param checkBefore the condition on rows written that production has
 * @param rolesBefore the roles that the one of production is for
 * @param withTable whether its whole table came or went with it
 */
public record PolicyChange(
    String event,
    String name,
    TableFacts table,
    String command,
    boolean permissive,
    List<String> roles,
    String using,
    String check,
    boolean usingAlways,
    boolean checkAlways,
    List<String> alike,
    boolean toldLater,
    List<String> uncovered,
    List<String> keptOut,
    boolean opened,
    List<String> unlike,
    String usingBefore,
    String checkBefore,
    List<String> rolesBefore,
    boolean withTable) {}
