package dev.drydock.engine.postgres.watch;

import dev.drydock.sql.BlockStatements;
import dev.drydock.sql.Prepared;
import dev.drydock.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements of a session that are kept for later, and run only then. */
final class KeptStatements {
  /** To keep a statement they parse it, which locks what it would write and writes nothing. */
  private static final Set<String> KEEPERS =
      Set.of("CREATE FUNCTION", "CREATE PROCEDURE", "CREATE RULE", "PREPARE");

  private final Map<String, Prepared> prepared = new HashMap<>();

  /** Remembers what a PREPARE keeps. */
  void add(Statement statement) {
    Prepared.keptBy(statement.sql().sql()).ifPresent(kept -> prepared.put(kept.name(), kept));
  }

  /** What an EXECUTE runs; empty for any other statement. */
  Optional<Prepared> executedBy(Statement statement) {
    return Prepared.executedBy(statement.sql().sql()).map(prepared::get);
  }

  /**
   * Whether the lock of a writer was taken only because a statement is kept that would write: by
   * {@code statement} or by a command in it, when its text writes to the table nowhere else.
   *
   * @param name the table's name, without schema
   */
  static boolean explain(long oid, String name, Statement statement, List<DdlEvent> events) {
    return KEEPERS.contains(statement.syntax().command())
        || (isFirstSeenOfKeeper(oid, events) && !writes(statement, name));
  }

  private static boolean isFirstSeenOfKeeper(long oid, List<DdlEvent> events) {
    return events.stream()
        .filter(event -> event.writing().contains(oid))
        .findFirst()
        .filter(event -> event.isNested() && KEEPERS.contains(event.tag()))
        .isPresent();
  }

  private static boolean writes(Statement statement, String name) {
    return NestedWork.writtenIn(statement).stream()
        .map(BlockStatements.Writing::table)
        .anyMatch(table -> table.isEmpty() || table.equals(name));
  }
}
