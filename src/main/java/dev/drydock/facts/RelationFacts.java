package dev.drydock.facts;

/**
 * A relation that a statement touched.
 *
 * @param name qualified, e.g. {@code public.orders}
 * @param nameInProduction qualified name of a table or view in production; empty for any other and
 *     for one that the change makes
 * @param schema its schema
 * @param localName its name without the schema
 * @param kind {@code table}, {@code partitioned table}, {@code index}, {@code view}, {@code
 *     materialized view}, {@code sequence}, …
 * @param table qualified name of the table an index is on; empty otherwise
 * @param existedBefore whether production has it: what this change creates, nobody waits for
 * @param partition whether it is a partition of another table
 * @param defaultPartition whether it is the DEFAULT partition of one
 * @param hypertable whether it is a hypertable of TimescaleDB or an index of one, as far as its
 *     stand-in knows
 * @param rows how many rows production has in it, or in the table an index is on, and in all tables
 *     below that; -1 when nobody said
 * @param bytes how many bytes that table takes there with its indexes, -1 when nobody said
 */
public record RelationFacts(
    String name,
    String nameInProduction,
    String schema,
    String localName,
    String kind,
    String table,
    boolean existedBefore,
    boolean partition,
    boolean defaultPartition,
    boolean hypertable,
    long rows,
    long bytes) {}
