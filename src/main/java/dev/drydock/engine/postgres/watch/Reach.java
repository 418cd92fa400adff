package dev.drydock.engine.postgres.watch;

import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of the schema a statement may have changed, going by its command and by the events it
 * reported; only that is read again.
 */
final class Reach {
  /** Commands that report no event, and those that may run such a command. */
  private static final Set<String> WITHOUT_EVENTS =
      Set.of(
          "TRUNCATE TABLE",
          "CLUSTER",
          "REINDEX",
          "REFRESH MATERIALIZED VIEW",
          "VACUUM",
          "DO",
          "CALL",
          "SELECT",
          "EXECUTE");

  /** What they call may run a command without events. */
  private static final Set<String> RUNNING_QUERIES =
      Set.of("CREATE TABLE AS", "CREATE MATERIALIZED VIEW");

  /** Their events name the partition and not the table that it is one of. */
  private static final Set<String> MAKING_PARTITIONS = Set.of("CREATE TABLE", "DROP TABLE");

  private static final Set<String> ROLE_COMMANDS =
      Set.of("GRANT ROLE", "REVOKE ROLE", "CREATE ROLE", "ALTER ROLE", "DROP ROLE", "CALL");

  private static final Pattern ROLES =
      Pattern.compile("\\b(grant|revoke|role|user|group)\\b", Pattern.CASE_INSENSITIVE);

  private static final Set<String> GRANT_TAGS =
      Set.of("GRANT", "REVOKE", "ALTER DEFAULT PRIVILEGES");

  /** Kinds of parts that say which objects a GRANT is about; a schema may stand for all in it. */
  private static final Set<String> GRANTED = Set.of("relation", "function");

  /** Tags of events on functions and types that tell all that has become another. */
  private static final Set<String> TELLING =
      Set.of(
          "CREATE FUNCTION",
          "ALTER FUNCTION",
          "DROP FUNCTION",
          "CREATE PROCEDURE",
          "ALTER PROCEDURE",
          "DROP PROCEDURE",
          "COMMENT");

  private final Statement statement;
  private final List<DdlEvent> events;
  private final Set<Long> ids = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final boolean silent;

  Reach(Statement statement, List<DdlEvent> events) {
    this.statement = statement;
    this.events = events;
    boolean untold = WITHOUT_EVENTS.contains(statement.syntax().command());
    for (DdlEvent event : events) {
      if (event.catalog() == DdlEvent.RELATIONS && event.object() > 0) {
        ids.add(event.object());
      } else if (event.hangsOnTable()) {
        Optional<String> table = event.table();
        table.ifPresent(names::add);
        untold |= table.isEmpty();
      }
    }
    // ATTACH PARTITION has an event of the table above alone.
    names.addAll(statement.syntax().names("relation"));
    this.silent = untold;
  }

  /** The relations that events name. */
  Set<Long> ids() {
    return ids;
  }

  /**
   * Whether the statement may have changed a relation that it locked no further and no event names:
   * some commands have no events, and a block may run them.
   */
  boolean isSilent() {
    return silent;
  }

  /** Whether it is a command that changes nothing but what it, or an event, names. */
  boolean tellsAll() {
    String command = statement.syntax().command();
    return !silent
        && Stream.of("ALTER ", "CREATE ", "DROP ", "COMMENT").anyMatch(command::startsWith)
        && !RUNNING_QUERIES.contains(command);
  }

  /**
   * Whether an event or the statement itself names the relation, or a table above it, which an
   * ALTER TABLE goes down from; or it is a partitioned table and the one that comes or goes may be
   * its DEFAULT partition.
   */
  boolean names(long oid, Schema schema) {
    return isNamed(oid, schema)
        || (MAKING_PARTITIONS.contains(statement.syntax().command())
            && schema
                .table(String.valueOf(oid))
                .filter(table -> table.kind() == Table.Kind.PARTITIONED_TABLE)
                .isPresent());
  }

  private boolean isNamed(long oid, Schema schema) {
    if (ids.contains(oid)) {
      return true;
    }
    Optional<Table> table = schema.table(String.valueOf(oid));
    return table.isPresent()
        && (names.contains(table.get().name().local())
            || table.get().parents().stream()
                .anyMatch(parent -> isNamed(Long.parseLong(parent), schema)));
  }

  /**
   * The relations whose definitions are to be read again: what was locked before keeps its own
   * unless an event names it, and so does what is only read or written.
   *
   * @param mentioned relations that may be concerned
   * @param held the strongest lock on each of those that are locked now
   * @param taken where it is stronger than before the statement
   */
  Set<Long> touched(
      Set<Long> mentioned, Map<Long, LockMode> held, Map<Long, LockMode> taken, LiveSchema schema) {
    Set<Long> touched = new TreeSet<>();
    for (long oid : mentioned) {
      LockMode mode = silent ? held.get(oid) : taken.get(oid);
      boolean named = !held.containsKey(oid) || names(oid, schema.current());
      if (named || (mode != null && mode.compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) >= 0)) {
        touched.add(schema.owner(oid));
      }
    }
    if (toGrants()) {
      boolean told = namesWhatItGrants();
      for (long oid : schema.relations()) {
        if (!told
            || schema.relation(oid).filter(r -> names.contains(r.name().local())).isPresent()) {
          touched.add(oid);
        }
      }
    }
    return touched;
  }

  /** Grants on relations: before 18 they take no lock on the table, and the event names none. */
  private boolean toGrants() {
    return events.stream().anyMatch(event -> GRANT_TAGS.contains(event.tag()));
  }

  /** Whether the statement is a grant itself, on relations and functions that it names. */
  private boolean namesWhatItGrants() {
    return GRANT_TAGS.contains(statement.syntax().command())
        && !statement.syntax().parts().isEmpty()
        && statement.syntax().parts().stream().allMatch(part -> GRANTED.contains(part.kind()));
  }

  /** Schemas, types, functions, extensions, roles and default privileges. */
  OtherObjects toOthers(Schema schema) {
    if (namesWhatItGrants()) {
      Set<Long> functions = functionsNamed(schema);
      return functions.isEmpty() ? OtherObjects.NONE : OtherObjects.only(functions);
    }
    List<DdlEvent> telling =
        events.stream()
            .filter(
                event ->
                    DdlEvent.OTHERS.contains(event.catalog())
                        || DdlEvent.PUBLICATIONS.contains(event.catalog())
                        || event.type().equals("domain constraint"))
            .toList();
    if (mayChangeRoles() || toGrants()) {
      return OtherObjects.ALL;
    }
    if (telling.isEmpty()) {
      return OtherObjects.NONE;
    }
    // Publications are read whenever anything of these is.
    telling = telling.stream().filter(e -> !DdlEvent.PUBLICATIONS.contains(e.catalog())).toList();
    boolean itself =
        telling.stream().allMatch(event -> event.object() > 0 && TELLING.contains(event.tag()));
    return itself
        ? OtherObjects.only(telling.stream().map(DdlEvent::object).collect(Collectors.toSet()))
        : OtherObjects.ALL;
  }

  private Set<Long> functionsNamed(Schema schema) {
    List<String> called = statement.syntax().names("function");
    return schema
        .functions()
        .filter(function -> called.contains(function.name().local()))
        .map(function -> Long.valueOf(function.id().substring("function:".length())))
        .collect(Collectors.toSet());
  }

  boolean renamesSchema() {
    return events.stream()
        .anyMatch(e -> e.tag().equals("ALTER SCHEMA") && e.catalog() == DdlEvent.SCHEMAS);
  }

  /** A role belongs to no database, and what becomes of it has no events. */
  private boolean mayChangeRoles() {
    return ROLE_COMMANDS.contains(statement.syntax().command())
        || (statement.syntax().command().equals("DO") && ROLES.matcher(statement.text()).find());
  }
}
