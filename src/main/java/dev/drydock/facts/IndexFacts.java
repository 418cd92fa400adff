package dev.drydock.facts;

import java.util.List;

/**
 * An index at one moment; all empty where there is none.
 *
 * @param name without its schema
 * @param unique whether it refuses duplicates
 * @param primary whether it implements a primary key
 * @param valid false for one whose concurrent build failed
 * @param method {@code btree}, {@code gin}, …
 * @param columns its key, names of columns or expressions
 * @param included columns it carries besides
 * @param predicate of a partial index; empty otherwise
 * @param definition as the server prints it
 * @param ofConstraint whether a constraint owns it
 * @param partitioned whether it is the index of a partitioned table
 * @param attached whether it is a partition of such an index
 */
public record IndexFacts(
    String name,
    boolean unique,
    boolean primary,
    boolean valid,
    String method,
    List<String> columns,
    List<String> included,
    String predicate,
    String definition,
    boolean ofConstraint,
    boolean partitioned,
    boolean attached) {}
