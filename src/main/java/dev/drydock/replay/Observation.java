package dev.drydock.replay;

import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one statement was seen to do.
 *
 * @param transaction which transaction of the run it belongs to, counted from 1
 * @param inTransaction whether that transaction holds, or could hold, more than this statement
 * @param session the settings it ran under
 * @param heldBefore the locks its transaction held before it on relations that existed before
 * @param effects in the order of kind: locks, rewrites, scans, schema changes, rows; without what
 *     the migration took back with ROLLBACK
 * @param commands tags of the commands it ran, its own and those inside it, in order
 * @param onRow how the server refused it while a generated row stood in a table
 * @param skipped commands of a block that it did not come to, as far as they stand in it
 * @param reverted commands that ran inside it and were taken back inside it
 * @param notices what the server said besides
 * @param abandoned whether its transaction was still open at the end of the migration, so that it
 *     was undone
 * @param schema the schema after it
 */
public record Observation(
    Statement statement,
    Outcome outcome,
    Optional<RowFailure> onRow,
    int transaction,
    boolean inTransaction,
    Session session,
    List<Lock> heldBefore,
    List<Effect> effects,
    List<String> commands,
    List<Cause> skipped,
    List<Cause> reverted,
    List<ServerNotice> notices,
    boolean abandoned,
    Schema schema) {
  public Observation {
    Objects.requireNonNull(statement);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(onRow);
    Objects.requireNonNull(session);
    heldBefore = List.copyOf(heldBefore);
    effects = List.copyOf(effects);
    commands = List.copyOf(commands);
    skipped = List.copyOf(skipped);
    reverted = List.copyOf(reverted);
    notices = List.copyOf(notices);
    Objects.requireNonNull(schema);
  }

  /** Its effects of that type, in their order. */
  public <E extends Effect> Stream<E> effects(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast);
  }

  /** What it changed in the schema, in the order in which that was done. */
  public Stream<SchemaChange> changes() {
    return effects(Effect.SchemaChanged.class).map(Effect.SchemaChanged::change);
  }

  /** The locks it took, or made stronger than those held before. */
  public Stream<Lock> locksTaken() {
    return effects(Effect.LockTaken.class).map(Effect.LockTaken::lock);
  }

  /** Of a statement that stands after one that failed. */
  public static Observation notReached(
      Statement statement, int transaction, Session session, Schema schema) {
    return new Observation(
        statement,
        new Outcome.NotReached(),
        Optional.empty(),
        transaction,
        false,
        session,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        schema);
  }

  /** The same, in a transaction that nobody committed. */
  public Observation undone() {
    return with(outcome, effects, skipped, reverted, true);
  }

  /**
   * The same, in a transaction that took it back: it changed nothing that anybody else will see.
   */
  public Observation takenBack() {
    return with(
        outcome,
        effects.stream().filter(effect -> !isLasting(effect)).toList(),
        skipped,
        reverted,
        abandoned);
  }

  /** The same, with more known of how it ended. */
  public Observation with(Outcome known) {
    return with(known, effects, skipped, reverted, abandoned);
  }

  /** The same, with those of the commands it passed over or took back that are worth telling. */
  public Observation withUnkept(List<Cause> skippedWorthTelling, List<Cause> revertedWorthTelling) {
    return with(outcome, effects, skippedWorthTelling, revertedWorthTelling, abandoned);
  }

  private Observation with(
      Outcome known,
      List<Effect> otherEffects,
      List<Cause> nowSkipped,
      List<Cause> nowReverted,
      boolean nowAbandoned) {
    return new Observation(
        statement,
        known,
        onRow,
        transaction,
        inTransaction,
        session,
        heldBefore,
        otherEffects,
        commands,
        nowSkipped,
        nowReverted,
        notices,
        nowAbandoned,
        schema);
  }

  private static boolean isLasting(Effect effect) {
    return switch (effect) {
      case Effect.SchemaChanged unused -> true;
      case Effect.RowsChanged unused -> true;
      case Effect.TableRewritten rewrite -> rewrite.reason().equals("truncate");
      case Effect.LockTaken unused -> false;
      case Effect.TableScanned unused -> false;
      case Effect.WorkedUnderLock unused -> false;
      case Effect.TablesClosed unused -> false;
    };
  }
}
