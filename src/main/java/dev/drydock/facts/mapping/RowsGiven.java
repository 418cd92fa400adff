package dev.drydock.facts.mapping;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.sql.Mention;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What rows the change gives to the tables it makes, and what values to the columns. */
final class RowsGiven {
  private static final Pattern SETS_DEFAULT =
      Pattern.compile("\\bset\\s+default\\b", Pattern.CASE_INSENSITIVE);

  /** A constant, as the server prints a default. */
  private static final Pattern LITERAL =
      Pattern.compile("(?:'(?:[^']|'')*+'|-?[0-9.]+|\\(-[0-9.]+\\)|true|false)(?:::[^()]+)?");

  /** Commands that write rows, in a block, a function or by themselves. */
  private static final Pattern WRITES =
      Pattern.compile(
          "\\b(update|delete|merge|insert|copy|truncate|execute|perform|call)\\b",
          Pattern.CASE_INSENSITIVE);

  /** An UPDATE without a WITH, in which another command may stand. */
  private static final Pattern UPDATE = Pattern.compile("update\\b", Pattern.CASE_INSENSITIVE);

  /** A query that calls nothing but what sets a sequence or a setting. */
  private static final Pattern SETS =
      Pattern.compile(
          "select\\s+(pg_catalog\\.)?(setval|set_config)\\s*\\([^;]*", Pattern.CASE_INSENSITIVE);

  private final Schema end;
  private final List<Observation> order;
  private final Set<String> before;

  /**
   * @param order all observations of the change
   * @param before ids of what production has
   */
  RowsGiven(Schema end, List<Observation> order, Set<String> before) {
    this.end = end;
    this.order = order;
    this.before = before;
  }

  /** Whether it is a table of the change, with all below it, that no statement gives rows. */
  boolean isLeftEmpty(Table table) {
    Set<String> family = new HashSet<>(Set.of(table.id()));
    boolean grew = true;
    while (grew) {
      List<String> below = end.tables().filter(t -> isBelow(t, family)).map(Table::id).toList();
      grew = family.addAll(below);
    }
    return !table.isView()
        && family.stream().noneMatch(before::contains)
        && order.stream()
            .flatMap(observation -> observation.effects(Effect.RowsChanged.class))
            .noneMatch(rows -> family.contains(rows.relation().id()));
  }

  private static boolean isBelow(Table table, Set<String> family) {
    return table.parents().stream().anyMatch(family::contains);
  }

  /**
   * Whether nobody gives {@code successor} the values of the column of the same table whose name it
   * takes: the change adds it, and updates no rows of the table once it is there, before or after
   * it takes the name.
   */
  boolean lacksValues(Column successor, Column gone) {
    return successor.table().equals(gone.table())
        && successor.generated().isEmpty()
        && !before.contains(successor.id())
        && order.stream()
            .dropWhile(observation -> !has(observation.schema(), successor))
            .noneMatch(later -> updates(later, gone.table()));
  }

  /**
   * Whether the rows that production has are all NULL in a column when {@code observation} begins:
   * the change adds it without a value, and has updated no rows of the table since.
   */
  boolean isStillNull(Column column, Observation observation) {
    List<Observation> since =
        order.subList(0, order.indexOf(observation)).stream()
            .dropWhile(o -> !has(o.schema(), column))
            .toList();
    return !before.contains(column.id())
        && before.contains(column.table())
        && !since.isEmpty()
        && since
            .getFirst()
            .schema()
            .same(column)
            .filter(added -> !added.hasDefault() && added.generated().isEmpty())
            .isPresent()
        && since.stream().noneMatch(o -> updates(o, column.table()));
  }

  /**
   * Whether the rows that production has are all alike in the key of the index when {@code
   * building} makes it: the change adds each of its columns with one value for all rows, or gives
   * it one by an UPDATE of all, and has written nothing else in it.
   */
  boolean isOneValue(Index index, Observation building) {
    List<Observation> until = order.subList(0, order.indexOf(building) + 1);
    return before.contains(index.table())
        && index.predicate().isEmpty()
        && !index.columns().isEmpty()
        && index.columns().stream()
            .allMatch(
                name ->
                    building.schema().table(index.table()).stream()
                        .flatMap(table -> table.column(name).stream())
                        .anyMatch(
                            column ->
                                until.stream().noneMatch(o -> mayDiffer(o, column))
                                    && (cameWithOneValue(column, until, index.comparesNulls())
                                        || until.stream().anyMatch(o -> makesAlike(o, column)))));
  }

  /** Whether each row got the same value when the column came; a second null is no double. */
  private boolean cameWithOneValue(Column column, List<Observation> until, boolean nullsToo) {
    Optional<Observation> adding = until.stream().filter(o -> has(o.schema(), column)).findFirst();
    if (before.contains(column.id()) || adding.isEmpty()) {
      return false;
    }
    Column added = adding.get().schema().same(column).orElseThrow();
    // One that is set after the column is there is for new rows alone.
    boolean later = SETS_DEFAULT.matcher(adding.get().statement().text()).find();
    if (!added.generated().isEmpty() || !added.identity().isEmpty() || later) {
      return false;
    }
    // For values of their own the server writes every row anew.
    boolean rewritten = adding.get().effects(Effect.TableRewritten.class).findAny().isPresent();
    return added.defaultValue().isEmpty()
        ? nullsToo
        : !rewritten || LITERAL.matcher(added.defaultValue()).matches();
  }

  /** Whether the rows may have different values in the column after it, for what it wrote. */
  private static boolean mayDiffer(Observation observation, Column column) {
    return mayWrite(observation, column.table())
        && !makesAlike(observation, column)
        && !(isOwnUpdate(observation, column.table())
            && observation
                .schema()
                .same(column)
                .filter(now -> names(observation, "column", now))
                .isEmpty());
  }

  /** Whether it is an UPDATE that gives all rows the same value in the column. */
  private static boolean makesAlike(Observation observation, Column column) {
    return isOwnUpdate(observation, column.table())
        && observation
            .schema()
            .same(column)
            .filter(now -> names(observation, "same", now))
            .isPresent();
  }

  private static boolean names(Observation observation, String kind, Column column) {
    return observation
        .statement()
        .syntax()
        .parts(kind, column.name().local())
        .findAny()
        .isPresent();
  }

  /**
   * Whether it is an UPDATE of the table and of nothing else, which no trigger or policy alters.
   */
  private static boolean isOwnUpdate(Observation observation, String table) {
    List<String> changed =
        observation
            .effects(Effect.RowsChanged.class)
            .map(rows -> rows.relation().id())
            .distinct()
            .toList();
    return observation.statement().syntax().command().equals("UPDATE")
        && UPDATE.matcher(observation.statement().text()).lookingAt()
        && changed.equals(List.of(table))
        && observation.schema().table(table).stream()
            .anyMatch(t -> !t.rowSecurity() && t.triggers().stream().noneMatch(Trigger::enabled));
  }

  /** Whether it wrote rows of the table, or may have written those that the replay has not. */
  private static boolean mayWrite(Observation observation, String table) {
    String text = observation.statement().text();
    return rowsChanged(observation, table).findAny().isPresent()
        || observation
            .effects(Effect.TableRewritten.class)
            .filter(rewrite -> rewrite.reason().equals("truncate"))
            .anyMatch(rewrite -> rewrite.relation().id().equals(table))
        || switch (observation.statement().syntax().command()) {
          case "SELECT", "CALL" -> !SETS.matcher(text).matches();
          case "DO", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE TABLE", "EXECUTE" ->
              WRITES.matcher(text).find()
                  && observation.schema().table(table).stream()
                      .anyMatch(t -> Mention.of(t.name().local(), text));
          default -> false;
        };
  }

  /** Whether a statement of the change updates rows of its table while the column is there. */
  boolean isUpdated(Column column) {
    return order.stream()
        .dropWhile(observation -> !has(observation.schema(), column))
        .anyMatch(later -> updates(later, column.table()));
  }

  private static boolean has(Schema schema, Column column) {
    return schema.same(column).isPresent();
  }

  /**
   * Whether a column of it is new in a table that is not, and nothing in the change gives it a
   * value.
   */
  boolean isUnfilled(Constraint constraint) {
    return before.contains(constraint.table())
        && order.stream()
            .noneMatch(o -> updates(o, constraint.table()) || inserts(o, constraint.table()))
        && constraint.columns().stream()
            .anyMatch(
                name -> {
                  List<Column> states =
                      order.stream()
                          .flatMap(o -> o.schema().table(constraint.table()).stream())
                          .flatMap(table -> table.column(name).stream())
                          .toList();
                  return !states.isEmpty()
                      && states.stream().noneMatch(c -> before.contains(c.id()) || c.hasDefault());
                });
  }

  /** Whether it adds rows to the table with that id. */
  static boolean inserts(Observation observation, String table) {
    return rowsChanged(observation, table).anyMatch(rows -> rows.inserted() > 0);
  }

  private static boolean updates(Observation observation, String table) {
    boolean update =
        List.of("UPDATE", "MERGE").contains(observation.statement().syntax().command());
    return rowsChanged(observation, table).anyMatch(rows -> rows.updated() > 0)
        // A condition may leave out the one row that the replay has.
        || (update
            && observation
                .effects(Effect.TableScanned.class)
                .anyMatch(scan -> isIn(scan.relation().id(), table, observation.schema())));
  }

  /** Whether it is the table, or a partition or child of it, whose rows are its own too. */
  private static boolean isIn(String relation, String table, Schema schema) {
    return relation.equals(table)
        || schema.table(relation).stream()
            .flatMap(t -> t.parents().stream())
            .anyMatch(parent -> isIn(parent, table, schema));
  }

  private static Stream<Effect.RowsChanged> rowsChanged(Observation observation, String table) {
    return observation
        .effects(Effect.RowsChanged.class)
        .filter(rows -> isIn(rows.relation().id(), table, observation.schema()));
  }
}
