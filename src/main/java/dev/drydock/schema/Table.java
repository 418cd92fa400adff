package dev.drydock.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A relation with columns (a table, a view, a materialized view) and everything that hangs on it.
 *
 * @param persistence {@code permanent}, {@code unlogged} or {@code temporary}
 * @param parents ids of the tables it is a partition or an inheritance child of
 * @param partitionKey how a partitioned table divides its rows; empty otherwise
 * @param partitionBound the rows a partition takes, {@code DEFAULT} for the default partition;
 *     empty otherwise
 * @param defaultPartition id of the default partition of a partitioned table; empty when there is
 *     none
 * @param definition the query of a view; empty otherwise
 * @param dependsOn what a view reads
 * @param storage what identifies its file on disk: another value means the rows were written anew
 * @param filled false for a materialized view that nobody may read before its first REFRESH
 * @param writable whether INSERT, UPDATE and DELETE of its rows are possible: not so for a
 *     materialized view and for a view that the server cannot see through
 * @param extension name of the extension that owns it; empty otherwise
 * @param hypertable whether TimescaleDB keeps its rows in chunks, as its stand-in says
 * @param foreignKeysDisabled whether the internal triggers that enforce foreign keys are switched
 *     off
 * @param rules those for writes that are switched on
 */
public record Table(
    String id,
    Name name,
    Kind kind,
    String persistence,
    String owner,
    String accessMethod,
    String tablespace,
    List<String> options,
    boolean rowSecurity,
    boolean forceRowSecurity,
    String replicaIdentity,
    List<String> parents,
    String partitionKey,
    String partitionBound,
    String defaultPartition,
    String definition,
    List<Dependency> dependsOn,
    String comment,
    String storage,
    boolean filled,
    boolean writable,
    String extension,
    boolean hypertable,
    boolean foreignKeysDisabled,
    List<RewriteRule> rules,
    List<Column> columns,
    List<Constraint> constraints,
    List<Index> indexes,
    List<Trigger> triggers,
    List<Policy> policies,
    List<Grant> grants)
    implements SchemaObject {

  /** What sort of relation it is; {@link #label()} is the field's word for it. */
  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    FOREIGN_TABLE,
    VIEW,
    MATERIALIZED_VIEW;

    /** Lower case, e.g. {@code partitioned table}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Something a view reads.
   *
   * @param table id of the relation
   * @param column name of the column; empty for the relation as a whole
   */
  public record Dependency(String table, String column) {}

  public Table {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    options = List.copyOf(options);
    parents = List.copyOf(parents);
    dependsOn = List.copyOf(dependsOn);
    rules = List.copyOf(rules);
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
    indexes = List.copyOf(indexes);
    triggers = List.copyOf(triggers);
    policies = List.copyOf(policies);
    grants = List.copyOf(grants);
  }

  /** Everything that hangs on it, the rights to it apart. */
  public Stream<TablePart> parts() {
    return Stream.of(columns, constraints, indexes, triggers, policies).flatMap(List::stream);
  }

  /** Whether a query defines it, materialized or not. */
  public boolean isView() {
    return kind == Kind.VIEW || kind == Kind.MATERIALIZED_VIEW;
  }

  public boolean isPartition() {
    return !partitionBound.isEmpty();
  }

  /**
   * The same, made of the parts of {@code earlier} where those are equal, so that many states of a
   * wide table do not take the square of its width.
   */
  public Table sharing(Table earlier) {
    return made(
        shared(columns, earlier.columns),
        shared(constraints, earlier.constraints),
        shared(indexes, earlier.indexes),
        shared(triggers, earlier.triggers),
        shared(policies, earlier.policies),
        shared(grants, earlier.grants));
  }

  /** The same with other constraints and indexes. */
  public Table with(List<Constraint> others, List<Index> otherIndexes) {
    return made(columns, others, otherIndexes, triggers, policies, grants);
  }

  /** The same made of these parts. */
  private Table made(
      List<Column> ofColumns,
      List<Constraint> ofConstraints,
      List<Index> ofIndexes,
      List<Trigger> ofTriggers,
      List<Policy> ofPolicies,
      List<Grant> ofGrants) {
    return new Table(
        id,
        name,
        kind,
        persistence,
        owner,
        accessMethod,
        tablespace,
        options,
        rowSecurity,
        forceRowSecurity,
        replicaIdentity,
        parents,
        partitionKey,
        partitionBound,
        defaultPartition,
        definition,
        dependsOn,
        comment,
        storage,
        filled,
        writable,
        extension,
        hypertable,
        foreignKeysDisabled,
        rules,
        ofColumns,
        ofConstraints,
        ofIndexes,
        ofTriggers,
        ofPolicies,
        ofGrants);
  }

  private static <T> List<T> shared(List<T> parts, List<T> earlier) {
    Map<T, T> known = new HashMap<>();
    earlier.forEach(part -> known.put(part, part));
    return parts.stream().map(part -> known.getOrDefault(part, part)).toList();
  }

  /** The column of that name, which is written as the catalog has it, without quotes. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(column -> column.name().local().equals(columnName)).findFirst();
  }

  public Stream<Constraint> foreignKeys() {
    return constraints.stream().filter(c -> c.type() == Constraint.Type.FOREIGN_KEY);
  }

  public Optional<Constraint> primaryKey() {
    return constraints.stream().filter(c -> c.type() == Constraint.Type.PRIMARY_KEY).findFirst();
  }
}
