package dev.drydock.facts;

import java.util.List;

/**
 * A constraint at one moment; all empty where there is none.
 *
 * @param name its name
 * @param type {@code primary key}, {@code unique}, {@code foreign key}, {@code check}, {@code
 *     exclusion} or {@code not null}
 * @param validated false for one that was added NOT VALID and not proved since
 * @param deferrable whether SET CONSTRAINTS can put it off to the end of the transaction
 * @param definition as the server prints it
 * @param columns the columns it is on
 * @param referencedTable qualified name of the table a foreign key points to; empty otherwise
 * @param referencedColumns the columns it points to
 * @param inherited whether it came down from a parent table
 * @param onDelete what a foreign key does then: {@code no action}, {@code cascade}, …; empty
 *     otherwise
 * @param onUpdate what a foreign key does when the key it points to changes; empty otherwise
 */
public record ConstraintFacts(
    String name,
    String type,
    boolean validated,
    boolean deferrable,
    String definition,
    List<String> columns,
    String referencedTable,
    List<String> referencedColumns,
    boolean inherited,
    String onDelete,
    String onUpdate) {}
