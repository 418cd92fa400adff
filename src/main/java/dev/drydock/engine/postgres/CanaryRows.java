package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Name;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One generated row in each table that production has and the change speaks of, so that the server
 * itself refuses what it would refuse on any table with rows.
 */
final class CanaryRows {
  /** Where the migrating role may not, a row that others point to stays. */
  private static final String WITHOUT_FOREIGN_KEYS =
      """
      do $$
      begin
        set session_replication_role = replica;
      exception when insufficient_privilege then
        null;
      end $$;
      """;

  /** What a copy of a generated row is known by, wherever a migration put it. */
  private static final String MARK = "19937|canary|drydock";

  /** All that is done at once; a row takes a millisecond. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Set<Table.Kind> KINDS =
      Set.of(Table.Kind.TABLE, Table.Kind.PARTITIONED_TABLE);

  /** A default that takes numbers, with the name of the sequence alone. */
  private static final Pattern SEQUENCE =
      Pattern.compile("nextval\\('(?:[^']*\\.)?\"?([^'.\"]+)\"?'::regclass\\)");

  private final Repairs.Migrator migrator;
  private final GuardedWork guarded;

  /** The tables with a row, and whether they had none before. */
  private final Map<String, Planted> planted = new LinkedHashMap<>();

  /** The ids of tables whose row was taken away. */
  private final Set<String> taken = new LinkedHashSet<>();

  private final Set<String> without = new TreeSet<>();
  private boolean wereTaken;

  private record Planted(Table table, boolean wasEmpty) {}

  CanaryRows(Repairs.Migrator migrator, GuardedWork guarded) {
    this.migrator = migrator;
    this.guarded = guarded;
  }

  /** What is to be said of the tables that could not be given a row. */
  Optional<String> notice() {
    return without.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no row could be made for %s: what fails only on rows was not tried there"
                .formatted(String.join(", ", without)));
  }

  /**
   * Plants rows in the tables whose name occurs in the change, or that of a sequence which numbers
   * them, and in those their foreign keys lead to.
   *
   * @param superuser a session of the superuser in the database, which is as new afterwards; absent
   *     where what ran before is not trusted, for a default or a check runs when a row is made
   * @param schema of the base
   * @param change the text of the pending migrations
   */
  void plant(Optional<Connection> superuser, Schema schema, String change) throws SQLException {
    List<Table> tables = wanted(schema, change.toLowerCase(Locale.ROOT));
    if (tables.isEmpty()) {
      return;
    }
    if (superuser.isEmpty()) {
      asMigrator(statement -> plant(statement, schema, withoutEdges(tables)));
    } else {
      try (Statement statement = superuser.get().createStatement()) {
        // Neither triggers nor foreign keys: rows are made table by table and checked afterwards.
        // What runs here is the base's own, which may find functions as it does in production.
        statement.execute("set session_replication_role = replica");
        statement.execute("set search_path = \"$user\", public");
        plant(statement, schema, withoutEdges(tables));
        statement.execute("discard all");
      }
    }
    tables.stream()
        .filter(table -> !stand(table.id()))
        .forEach(table -> without.add(table.name().toString()));
  }

  private static List<Table> withoutEdges(List<Table> tables) {
    return tables.stream().filter(table -> !isEdge(table)).toList();
  }

  private void asMigrator(GuardedWork.Work work) throws SQLException {
    guarded.run(
        LIMIT,
        statement -> {
          statement.execute("set statement_timeout = '5s'");
          statement.execute(WITHOUT_FOREIGN_KEYS);
          work.run(statement);
        });
  }

  private void plant(Statement statement, Schema schema, List<Table> tables) throws SQLException {
    List<Table> left = tables;
    for (int variant = 0; variant < CanaryValues.VARIANTS && !left.isEmpty(); variant++) {
      left = plant(statement, schema, left, variant);
    }
    removeDangling();
  }

  /**
   * Whether the rows of the table are edges between two rows of another one. With one row in that,
   * an edge would be a loop, which a recursive query never leaves.
   */
  private static boolean isEdge(Table table) {
    List<String> key = table.primaryKey().map(Constraint::columns).orElse(List.of());
    List<String> ends =
        table
            .foreignKeys()
            .filter(constraint -> !constraint.columns().isEmpty())
            .filter(constraint -> key.containsAll(constraint.columns()))
            .map(Constraint::referencedTable)
            .toList();
    return ends.stream().distinct().count() < ends.size();
  }

  private static List<Table> wanted(Schema schema, String change) {
    Set<String> ids = new LinkedHashSet<>();
    Deque<Table> left = new ArrayDeque<>();
    schema
        .tables()
        .filter(
            table ->
                change.contains(table.name().local().toLowerCase(Locale.ROOT))
                    || isNumberedByOneOf(table, change))
        .forEach(left::add);
    // By hand and not by recursion: a chain of foreign keys may be as long as there are tables.
    while (!left.isEmpty()) {
      Table table = left.pop();
      if (ids.add(table.id())) {
        table.constraints().stream()
            .map(Constraint::referencedTable)
            .flatMap(id -> schema.table(id).stream())
            .forEach(left::push);
      }
    }
    return ids.stream()
        .flatMap(id -> schema.table(id).stream())
        .filter(table -> KINDS.contains(table.kind()) && !table.isPartition())
        .filter(table -> table.extension().isEmpty())
        .toList();
  }

  /** A sequence that belongs to no column may have a name that tells nothing of the table. */
  private static boolean isNumberedByOneOf(Table table, String change) {
    return table.columns().stream()
        .map(Column::defaultValue)
        .map(SEQUENCE::matcher)
        .anyMatch(
            sequence ->
                sequence.matches() && change.contains(sequence.group(1).toLowerCase(Locale.ROOT)));
  }

  /**
   * Tries one way to fill a row in all of {@code tables}, and returns those it did not work for.
   */
  private List<Table> plant(Statement statement, Schema schema, List<Table> tables, int variant)
      throws SQLException {
    String attempts =
        tables.stream()
            .map(
                table ->
                    "drydock.plant(%s, %s)"
                        .formatted(
                            Quoted.literal(Quoted.name(table.name())),
                            Quoted.literal(CanaryValues.insert(schema, table, variant))))
            .collect(Collectors.joining(", "));
    List<Table> left = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("select array[" + attempts + "]")) {
      row.next();
      String[] results = (String[]) row.getArray(1).getArray();
      for (int i = 0; i < results.length; i++) {
        Table table = tables.get(i);
        switch (results[i]) {
          case "refused" -> left.add(table);
          default -> planted.put(table.id(), new Planted(table, results[i].equals("first")));
        }
      }
    }
    return left;
  }

  /** A row that points to one that could not be made would break the proof of its foreign key. */
  private void removeDangling() throws SQLException {
    boolean removed = true;
    while (removed) {
      removed = false;
      for (Planted row : List.copyOf(planted.values())) {
        if (row.table().foreignKeys().anyMatch(this::dangles)) {
          remove(List.of(row));
          removed = true;
        }
      }
    }
  }

  private boolean dangles(Constraint foreignKey) {
    return !planted.containsKey(foreignKey.referencedTable());
  }

  /** Whether the table with that id has a row. */
  boolean stand(String table) {
    return planted.containsKey(table);
  }

  /** Whether any table has a row. */
  boolean anyStand() {
    return !planted.isEmpty();
  }

  /** Whether any row was away for a while. */
  boolean wereTaken() {
    return wereTaken;
  }

  /** Whether no row has been taken away that is not back. */
  boolean areComplete() {
    return taken.isEmpty();
  }

  /**
   * Takes rows away until the transaction has ended: of the table the server blames, else of those
   * the statement names, else the copies of generated rows that a migration before it made there,
   * else all; and those that point to them.
   *
   * @param schema as it was before the transaction
   * @return whether there were any
   */
  boolean takeAway(dev.drydock.sql.Statement failed, Optional<Name> blamed, Schema schema)
      throws SQLException {
    List<Predicate<Table>> concerned =
        List.of(
            table -> blamed.filter(table.name()::equals).isPresent(),
            table -> failed.syntax().names("relation").contains(table.name().local()),
            table -> failed.mentions(table.name().local()));
    return takeAway(concerned)
        || removeCopies(
            schema.tables().filter(t -> concerned.stream().anyMatch(of -> of.test(t))).toList())
        || takeAway(List.of(table -> true));
  }

  private boolean takeAway(List<Predicate<Table>> wanted) throws SQLException {
    List<Planted> rows =
        wanted.stream()
            .map(this::planted)
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElse(List.of());
    if (rows.isEmpty()) {
      return false;
    }
    List<Planted> gone = withReferring(rows);
    gone.forEach(row -> taken.add(row.table().id()));
    wereTaken = true;
    remove(gone);
    return true;
  }

  /**
   * They stay away: what was copied from a row that production does not have, it has not either.
   */
  private boolean removeCopies(List<Table> tables) throws SQLException {
    int[] removed = {0};
    asMigrator(
        statement -> {
          for (Table table : tables) {
            if (KINDS.contains(table.kind()) && !table.isPartition()) {
              removed[0] +=
                  statement.executeUpdate(
                      "delete from %s%s t where t::text ~* '%s'"
                          .formatted(
                              table.kind() == Table.Kind.PARTITIONED_TABLE ? "" : "only ",
                              Quoted.name(table.name()),
                              MARK));
            }
          }
        });
    wereTaken |= removed[0] > 0;
    return removed[0] > 0;
  }

  private List<Planted> planted(Predicate<Table> wanted) {
    return planted.values().stream().filter(row -> wanted.test(row.table())).toList();
  }

  /** The rows and those that point to them, in an order in which they can be deleted. */
  private List<Planted> withReferring(List<Planted> rows) {
    Map<String, Planted> all = new LinkedHashMap<>();
    Deque<Planted> left = new ArrayDeque<>(rows);
    while (!left.isEmpty()) {
      Planted row = left.pop();
      if (all.putIfAbsent(row.table().id(), row) == null) {
        left.addAll(
            planted(
                table ->
                    table.constraints().stream()
                        .anyMatch(c -> c.referencedTable().equals(row.table().id()))));
      }
    }
    return List.copyOf(all.values()).reversed();
  }

  /**
   * Puts back what was taken away, as the tables are now, so that the rest of the change meets rows
   * everywhere. As when they are removed, the migrating role does it.
   */
  void replant(Schema schema) throws SQLException {
    List<Table> tables = taken.stream().flatMap(id -> schema.table(id).stream()).toList();
    taken.clear();
    if (!tables.isEmpty()) {
      asMigrator(statement -> plant(statement, schema, tables));
    }
  }

  /**
   * Of a table that had rows, the generated one is found by its primary key; a table that had none
   * is emptied. What was renamed or dropped meanwhile is left alone.
   *
   * <p>The migrating role deletes them, not the superuser: by now triggers and casts of a pending
   * migration may run with it.
   */
  private void remove(List<Planted> rows) throws SQLException {
    StringBuilder sql = new StringBuilder(WITHOUT_FOREIGN_KEYS);
    for (Planted row : rows) {
      planted.remove(row.table().id());
      String condition = row.wasEmpty() ? "true" : byKey(row.table());
      sql.append(
          "select drydock.uproot(%s::oid::regclass, %s);\n"
              .formatted(row.table().id(), Quoted.literal(condition)));
    }
    migrator.run(sql.toString());
  }

  private static String byKey(Table table) {
    return table
        .primaryKey()
        .map(
            key ->
                key.columns().stream()
                    .map(column -> Quoted.name(column) + "::text like '%19937%'")
                    .collect(Collectors.joining(" and ")))
        .orElse("false");
  }
}
