package dev.drydock.engine.postgres;

import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

  private static final Set<String> ROLE_COMMANDS =
      Set.of("GRANT ROLE", "REVOKE ROLE", "CREATE ROLE", "DROP ROLE", "CALL");

  private static final Pattern ROLES =
      Pattern.compile("\\b(grant|revoke|role|user|group)\\b", Pattern.CASE_INSENSITIVE);

  private static final Set<String> GRANT_TAGS =
      Set.of("GRANT", "REVOKE", "ALTER DEFAULT PRIVILEGES");

  private Reach() {}

  /**
   * Whether the statement may have changed a relation that it locked no further and no event names:
   * some commands have no events, a block may run them, and the event of a trigger, a policy or a
   * dropped constraint does not name its table.
   */
  static boolean isSilent(Statement statement, List<DdlEvent> events) {
    return WITHOUT_EVENTS.contains(statement.syntax().command())
        || events.stream()
            .anyMatch(
                e ->
                    DdlEvent.HANGING_ON_A_TABLE.contains(e.catalog())
                        || (e.kind().equals("drop") && e.catalog() != DdlEvent.RELATIONS));
  }

  /**
   * Whether an event names the relation or a table above it, which an ALTER TABLE goes down from,
   * or the statement itself does: ATTACH PARTITION has an event of the table above alone.
   */
  static boolean names(long oid, Statement statement, List<DdlEvent> events, Schema schema) {
    Optional<Table> table = schema.table(String.valueOf(oid));
    return events.stream()
            .anyMatch(event -> event.catalog() == DdlEvent.RELATIONS && event.object() == oid)
        || table.stream()
            .flatMap(t -> t.parents().stream())
            .anyMatch(parent -> names(Long.parseLong(parent), statement, events, schema))
        || table.stream()
            .anyMatch(
                t ->
                    statement.syntax().parts().stream()
                        .filter(part -> part.kind().equals("relation"))
                        .anyMatch(part -> part.name().equals(t.name().local())));
  }

  /** Grants on relations: before 18 they take no lock on the table, and the event names none. */
  static boolean toGrants(List<DdlEvent> events) {
    return events.stream().anyMatch(event -> GRANT_TAGS.contains(event.tag()));
  }

  /** Schemas, types, functions, extensions, roles and default privileges. */
  static boolean toOthers(Statement statement, List<DdlEvent> events) {
    return mayChangeRoles(statement)
        || toGrants(events)
        || events.stream()
            .anyMatch(
                event ->
                    DdlEvent.OTHERS.contains(event.catalog())
                        || event.type().equals("domain constraint"));
  }

  /** A role belongs to no database, and what becomes of it has no events. */
  private static boolean mayChangeRoles(Statement statement) {
    return ROLE_COMMANDS.contains(statement.syntax().command())
        || (statement.syntax().command().equals("DO") && ROLES.matcher(statement.text()).find());
  }
}
