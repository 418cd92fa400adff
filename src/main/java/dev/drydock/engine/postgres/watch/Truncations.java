package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Cause;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.sql.BlockStatements;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the TRUNCATE inside a block or function that emptied a table, or the CLUSTER that sorted
 * it.
 *
 * <p>That it has a new file is what the server says. The text tells which of the two it was, and
 * whether the table was named, or whether CASCADE came to it by a foreign key.
 */
final class Truncations {
  private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");

  private final Statement statement;
  private final Schema schema;
  private final List<Table> emptied;
  private final List<Cause> written;
  private final List<Cause> clusterings;

  /**
   * @param emptied ids of the tables that the statement emptied or sorted
   */
  Truncations(Statement statement, Observer observer, List<String> emptied) {
    this.statement = statement;
    this.schema = observer.schema().current();
    this.emptied = emptied.stream().flatMap(id -> schema.table(id).stream()).toList();
    boolean none = this.emptied.isEmpty();
    this.written = none ? List.of() : written(observer, "TRUNCATE");
    this.clusterings = none ? List.of() : written(observer, "CLUSTER");
  }

  private List<Cause> written(Observer observer, String command) {
    return switch (statement.syntax().command()) {
      case "TRUNCATE TABLE" -> List.of();
      case "EXECUTE" ->
          observer.executed(statement).stream()
              .flatMap(prepared -> BlockStatements.ofBody(prepared.sql(), command).stream())
              .map(own -> new Cause(own.command(), own.sql(), "", 0, Optional.empty()))
              .toList();
      default ->
          Stream.concat(
                  BlockStatements.of(statement.text(), command).stream()
                      .map(own -> NestedWork.cause(statement, own)),
                  CalledFunctions.of(statement.sql().sql(), schema).running(command).stream())
              .toList();
    };
  }

  /**
   * The command that emptied a table: one that names it, else one whose CASCADE came to it. Absent
   * where neither is certain.
   */
  Optional<Cause> cause(String id) {
    return schema
        .table(id)
        .flatMap(table -> first(cause -> names(cause.sql(), table)).or(() -> cascaded(table)));
  }

  /** The CLUSTER that gave a table its new file; absent where a TRUNCATE may have done so. */
  Optional<Cause> clustering(String id) {
    return cause(id).isPresent()
        ? Optional.empty()
        : schema
            .table(id)
            .flatMap(
                table ->
                    clusterings.stream()
                        // One that names none has the name put in.
                        .filter(
                            c ->
                                names(c.sql(), table)
                                    || emptied.stream().noneMatch(other -> names(c.sql(), other)))
                        .findFirst());
  }

  /** Whether a table got its new file from a CLUSTER, as far as the text tells. */
  boolean isClustered(String id) {
    return clustering(id).isPresent()
        || (Mention.of("cluster", statement.text()) && !Mention.of("truncate", statement.text()));
  }

  private Optional<Cause> cascaded(Table table) {
    List<Table> origins = originsOf(table);
    return first(cause -> cascades(cause) && origins.stream().anyMatch(o -> names(cause.sql(), o)))
        .or(() -> isPutTogether(table, origins) ? first(Truncations::cascades) : Optional.empty());
  }

  /** Whether what runs is put together, of names among which is not that of {@code table}. */
  private boolean isPutTogether(Table table, List<Table> origins) {
    String text = COMMENT.matcher(statement.text()).replaceAll(" ");
    return !names(text, table) && origins.stream().anyMatch(origin -> names(text, origin));
  }

  private Optional<Cause> first(Predicate<Cause> which) {
    return written.stream().filter(which).findFirst();
  }

  private static boolean cascades(Cause cause) {
    return Mention.of("cascade", cause.sql());
  }

  private static boolean names(String sql, Table table) {
    return Mention.of(table.name().local(), sql);
  }

  /** The emptied tables that foreign keys lead from {@code table} to, over others of them too. */
  private List<Table> originsOf(Table table) {
    Set<String> ids = new HashSet<>();
    Deque<Table> open = new ArrayDeque<>(List.of(table));
    while (!open.isEmpty()) {
      open.pop().constraints().stream()
          .map(Constraint::referencedTable)
          .filter(ids::add)
          .flatMap(id -> emptied.stream().filter(other -> other.id().equals(id)))
          .forEach(open::push);
    }
    return emptied.stream()
        .filter(other -> ids.contains(other.id()) && !other.id().equals(table.id()))
        .toList();
  }
}
