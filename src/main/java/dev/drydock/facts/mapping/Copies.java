package dev.drydock.facts.mapping;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.sql.Mention;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rows that the change copies from a table of production into one that takes its name later,
 * while others go on writing to the old one.
 */
final class Copies {
  private static final Set<Table.Kind> KINDS =
      Set.of(Table.Kind.TABLE, Table.Kind.PARTITIONED_TABLE);

  private final Schema base;
  private final Schema end;
  private final List<Observation> order;

  /**
   * @param order all observations of the change
   */
  Copies(Schema base, Schema end, List<Observation> order) {
    this.base = base;
    this.end = end;
    this.order = order;
  }

  /**
   * The table that {@code copying} fills the other one from, when what is written to it between the
   * two is lost: no later statement copies again, no lock keeps writers away until the name goes
   * over, and no trigger carries over what they write.
   */
  Optional<Table> loser(Observation copying, Effect.RowsChanged filled) {
    String id = filled.relation().id();
    Optional<Table> old =
        filled.inserted() == 0
            ? Optional.empty()
            : end.table(id)
                .flatMap(table -> base.table(table.name()))
                .filter(table -> !table.id().equals(id) && KINDS.contains(table.kind()));
    return old.filter(
        table -> {
          List<Observation> later = order.subList(order.indexOf(copying) + 1, order.size());
          Optional<Observation> swap =
              order.stream().filter(observation -> unnames(observation, table)).findFirst();
          return swap.filter(later::contains).isPresent()
              && reads(copying, table)
              && later.stream().noneMatch(observation -> copies(observation, id, table))
              && !(isHeld(copying, table) && swap.get().transaction() == copying.transaction())
              && !isKeptInStep(table, filled.relation().name().local());
        });
  }

  /** Whether it takes the table, or its name, away. */
  private static boolean unnames(Observation observation, Table table) {
    return observation
        .changes()
        .anyMatch(
            change ->
                change.object() instanceof Table now
                    && now.id().equals(table.id())
                    && (change.after().isEmpty() || !now.name().equals(table.name())));
  }

  private boolean copies(Observation observation, String into, Table from) {
    return reads(observation, from)
        && observation
            .effects(Effect.RowsChanged.class)
            .anyMatch(rows -> rows.relation().id().equals(into));
  }

  /** Whether it uses the table, by the name that it has then. */
  private boolean reads(Observation observation, Table table) {
    return locks(observation, table).findAny().isPresent()
        && observation
            .schema()
            .table(table.id())
            .filter(now -> observation.statement().mentions(now.name().local()))
            .isPresent();
  }

  private static boolean isHeld(Observation observation, Table table) {
    return locks(observation, table).anyMatch(Lock::blocksWrites);
  }

  private static Stream<Lock> locks(Observation observation, Table table) {
    return Stream.concat(observation.heldBefore().stream(), observation.locksTaken())
        .filter(lock -> lock.relation().id().equals(table.id()));
  }

  /** Whether a trigger may write to the copy too, or keep writers away. */
  private boolean isKeptInStep(Table table, String copy) {
    return order.stream()
            .flatMap(Observation::changes)
            .anyMatch(
                change ->
                    change.after().isPresent()
                        && change.object() instanceof Trigger trigger
                        && trigger.table().equals(table.id()))
        || table.triggers().stream()
            .filter(Trigger::enabled)
            .flatMap(trigger -> end.object(trigger.function(), Function.class).stream())
            .anyMatch(function -> Mention.of(copy, function.body()));
  }
}
