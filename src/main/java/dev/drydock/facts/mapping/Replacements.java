package dev.drydock.facts.mapping;

import dev.drydock.replay.Observation;
import dev.drydock.schema.Index;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import java.util.List;
import java.util.Optional;

/** Which index that the change makes takes the place of one that it has dropped before. */
final class Replacements {
  private final List<Observation> order;

  /**
   * @param order all that the change ran
   */
  Replacements(List<Observation> order) {
    this.order = order;
  }

  /**
   * An index that takes the place of one that was dropped before.
   *
   * @param later whether others run queries in between that miss the one: the other is made in
   *     another transaction
   */
  record Replacement(Index index, boolean later) {}

  /** An index made after {@code observation} that serves queries which {@code dropped} served. */
  Optional<Replacement> of(Index dropped, Observation observation) {
    return order.subList(order.indexOf(observation) + 1, order.size()).stream()
        .flatMap(
            later ->
                later
                    .changes()
                    .filter(change -> change.event() == SchemaChange.Event.CREATED)
                    .flatMap(change -> change.after(Index.class).stream())
                    .filter(index -> index.table().equals(dropped.table()))
                    .filter(
                        index -> servesFor(index, later.schema(), dropped, observation.schema()))
                    .map(
                        index ->
                            new Replacement(
                                index, later.transaction() != observation.transaction())))
        .findFirst();
  }

  /**
   * An expression under the old name may be another way to ask the same. What leaves out rows that
   * the old one had does not serve a query that asks for all.
   */
  private static boolean servesFor(Index index, Schema now, Index dropped, Schema then) {
    boolean alike =
        beginsAlike(index, now, dropped, then)
            || (index.name().equals(dropped.name()) && beginsWithExpression(index));
    return alike && (!dropped.predicate().isEmpty() || Indexes.isTotal(index, dropped.columns()));
  }

  private static boolean beginsAlike(Index index, Schema now, Index dropped, Schema then) {
    if (index.columns().isEmpty() || dropped.columns().isEmpty()) {
      return false;
    }
    Optional<String> id = firstId(index, now);
    return index.columns().getFirst().equals(dropped.columns().getFirst())
        || (id.isPresent() && id.equals(firstId(dropped, then)));
  }

  /** A column may get another name between the one and the other. */
  private static Optional<String> firstId(Index index, Schema schema) {
    return schema
        .table(index.table())
        .flatMap(table -> table.column(index.columns().getFirst()))
        .map(SchemaObject::id);
  }

  private static boolean beginsWithExpression(Index index) {
    return !index.columns().isEmpty() && index.columns().getFirst().contains("(");
  }
}
