package dev.drydock.facts;

/**
 * A table whose rows a statement changed, or would change if there were any.
 *
 * @param relation the table
 * @param inserted rows inserted in the replay, where tables are nearly empty
 * @param updated rows updated there
 * @param deleted rows deleted there
 * @param command tag of the command that did it; of a block itself where its text does not show the
 *     command
 * @param named whether that command names the table, and does not reach it by a trigger or a
 *     foreign key
 * @param restricted for UPDATE and DELETE, whether a WHERE clause leaves rows out; for MERGE,
 *     whether its conditions do
 * @param unjoined for UPDATE with FROM and DELETE with USING, whether the conditions are about
 *     those tables alone: as soon as they hold for a row of them, every row of the relation is
 *     meant
 * @param single for UPDATE and DELETE, whether it means one row or none: its WHERE gives each
 *     column of a key a value, and no foreign key takes other rows along
 * @param missesWritesTo qualified name of the table of production whose rows it copies, where the
 *     relation takes that name later in the change, and nothing keeps writers away until then or
 *     carries over what they write; empty otherwise
 */
public record RowsFacts(
    RelationFacts relation,
    long inserted,
    long updated,
    long deleted,
    String command,
    boolean named,
    boolean restricted,
    boolean unjoined,
    boolean single,
    String missesWritesTo) {}
