package dev.drydock.facts;

/**
 * A relation that a statement touched.
 *
 * @param name qualified, e.g. {@code public.orders}
 * @param schema its schema
 * @param localName its name without the schema
 * @param kind {@code table}, {@code partitioned table}, {@code index}, {@code view}, {@code
 *     materialized view}, {@code sequence}, …
 * @param table qualified name of the table an index is on; empty otherwise
 * @param existedBefore whether production has it: what this change creates, nobody waits for
 */
public record RelationFacts(
    String name,
    String schema,
    String localName,
    String kind,
    String table,
    boolean existedBefore) {}
