package dev.drydock.facts;

import java.util.List;

/**
 * A table or view at one moment; all empty where there is none.
 *
 * @param name qualified, e.g. {@code public.orders}
 * @param nameInProduction qualified name it has in production; empty for one that the change makes
 * @param schema its schema
 * @param localName its name without the schema
 * @param kind {@code table}, {@code partitioned table}, {@code foreign table}, {@code view} or
 *     {@code materialized view}
 * @param existedBefore whether production has it
 * @param persistence {@code permanent} or {@code unlogged}
 * @param partition whether it is a partition of another table
 * @param hypertable whether TimescaleDB keeps its rows in chunks, as far as its stand-in knows
 * @param parents qualified names of the tables it is a partition or a child of
 * @param parentDefault qualified name of the DEFAULT partition of the table it is a partition of;
 *     empty when there is none
 * @param defaultPartition qualified name of its own DEFAULT partition; empty when it has none
 * @param rowSecurity whether row level security is on
 * @param rowSecurityForced whether row level security holds for its owner too
 * @param replicaIdentity {@code default}, {@code full}, {@code index} or {@code nothing}
 * @param identityColumns the columns by which subscribers find a row: those of the primary key or
 *     of the index that is its replica identity, all of them, or none
 * @param refused what the server refuses of its rows at the end of the change, because a
 *     publication sends it and cannot say which row is meant: {@code UPDATE}, {@code DELETE}
 * @param owner the role that owns it
 * @param tablespace empty for the database's own
 * @param accessMethod e.g. {@code heap}
 * @param storageOptions what WITH or SET gave it, each as {@code name=value}
 * @param comment its comment
 * @param definition the query of a view
 * @param filled false for a materialized view that nobody may read before its first REFRESH
 * @param writable whether INSERT, UPDATE and DELETE of its rows are possible: not so for a
 *     materialized view, and for a view that joins or sums up and has no trigger for it
 * @param foreignKeysDisabled whether the triggers that enforce foreign keys are switched off
 * @param rules its rewrite rules for INSERT, UPDATE and DELETE that are switched on
 * @param columns its columns
 * @param indexes its indexes
 * @param constraints its constraints
 * @param triggers its triggers that are switched on, as the server prints them
 * @param policies names of its row level security policies
 * @param permissivePolicies names of those of them that let rows pass; the others only keep rows
 *     back
 * @param publicPrivileges what PUBLIC may do with it, e.g. {@code SELECT}
 * @param rows how many rows production has in it and in all tables below it, -1 when nobody said
 * @param bytes how many bytes it takes there with its indexes, -1 when nobody said
 */
public record TableFacts(
    String name,
    String nameInProduction,
    String schema,
    String localName,
    String kind,
    boolean existedBefore,
    String persistence,
    boolean partition,
    boolean hypertable,
    List<String> parents,
    String parentDefault,
    String defaultPartition,
    boolean rowSecurity,
    boolean rowSecurityForced,
    String replicaIdentity,
    List<String> identityColumns,
    List<String> refused,
    String owner,
    String tablespace,
    String accessMethod,
    List<String> storageOptions,
    String comment,
    String definition,
    boolean filled,
    boolean writable,
    boolean foreignKeysDisabled,
    List<RewriteRuleFacts> rules,
    List<ColumnFacts> columns,
    List<IndexFacts> indexes,
    List<ConstraintFacts> constraints,
    List<String> triggers,
    List<String> policies,
    List<String> permissivePolicies,
    List<String> publicPrivileges,
    long rows,
    long bytes) {}
