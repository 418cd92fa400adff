package dev.drydock.replay;

import dev.drydock.history.Migration;
import dev.drydock.schema.Schema;
import dev.drydock.sql.Statement;
import java.util.List;

/**
 * The replay of one history: the applied migrations first, then, after {@link #startObserving()},
 * the pending ones under observation.
 */
public interface Replay extends AutoCloseable {

  /** How many applied migrations are in the database from the start; the rest is to be applied. */
  int standing();

  /**
   * Runs applied migrations as their tool would, one after the other.
   *
   * @throws ReplayException when the server refuses a statement and there is nothing Drydock may do
   *     about it; it is located in the migration that failed
   */
  void apply(List<ScriptedMigration> migrations) throws ReplayException;

  /**
   * The same for a single one.
   *
   * @throws ReplayException as above
   */
  default void apply(Migration migration, List<Statement> statements) throws ReplayException {
    apply(List.of(new ScriptedMigration(migration, statements)));
  }

  /**
   * Takes what is there now for what production has: from here on the migrating role has no
   * superuser rights and statements are watched. The tables the change speaks of get a generated
   * row, where one can be made.
   *
   * @param pending what is going to be observed
   * @throws ReplayException when the state cannot be read
   */
  void startObserving(List<Migration> pending) throws ReplayException;

  /**
   * Runs a pending migration, or several that their tool runs in one transaction, and watches it. A
   * statement that fails is an outcome, not an error.
   *
   * @param together at least one
   * @return one observation for each statement, in order
   * @throws ReplayException when the run itself breaks: the server died, the run's limits were
   *     reached
   */
  List<Observation> observe(List<ScriptedMigration> together) throws ReplayException;

  /**
   * The same for a single one.
   *
   * @throws ReplayException as above
   */
  default List<Observation> observe(Migration migration, List<Statement> statements)
      throws ReplayException {
    return observe(List.of(new ScriptedMigration(migration, statements)));
  }

  /**
   * The functions and triggers production has that the change may break, tried before it and now
   * that it is over. None when a migration failed: then it is not over.
   *
   * @throws ReplayException when the run itself breaks
   */
  List<Trial> trials() throws ReplayException;

  /**
   * The sequences of production's tables that the change leaves behind their numbers. None when a
   * migration failed.
   *
   * @throws ReplayException when the run itself breaks
   */
  List<SequenceBehind> sequencesBehind() throws ReplayException;

  /**
   * Whether a query returns a row.
   *
   * @throws ReplayException when the server refuses it
   */
  boolean finds(String query) throws ReplayException;

  /** The schema when observation started. */
  Schema base();

  /**
   * What a reader of the report should know about this replay: stubbed extensions, roles made on
   * demand.
   */
  List<String> notices();

  /** Drops the database. */
  @Override
  void close();
}
