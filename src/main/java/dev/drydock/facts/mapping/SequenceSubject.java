package dev.drydock.facts.mapping;

import dev.drydock.facts.SequenceChange;
import dev.drydock.schema.Column;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the change of a sequence into facts. */
final class SequenceSubject {
  private static final Map<String, Long> ROOM =
      Map.of("smallint", (long) Short.MAX_VALUE, "integer", (long) Integer.MAX_VALUE);

  private final FactMapper mapper;
  private final ChangeContext context;
  private final StatementChanges changes;
  private final Schema after;

  SequenceSubject(
      FactMapper mapper, ChangeContext context, StatementChanges changes, Schema after) {
    this.mapper = mapper;
    this.context = context;
    this.changes = changes;
    this.after = after;
  }

  EffectSubject of(SchemaChange change, Sequence now) {
    Sequence old = change.before(Sequence.class).orElse(now);
    Optional<Sequence> known = context.base().object(old.id(), Sequence.class);
    Optional<Sequence> atEnd = context.end().object(now.id(), Sequence.class);
    boolean shortened =
        change.event() == SchemaChange.Event.ALTERED
            && atEnd.filter(end -> endsEarlier(end, old)).isPresent();
    return new EffectSubject(
        "sequence",
        new SequenceChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(old.id()),
            !known.orElse(old).name().local().equals(old.name().local()),
            old.ownerTable().isEmpty() ? "" : mapper.tableName(old.ownerTable(), after),
            old.ownerColumn(),
            isWithOwner(change, old),
            context
                .end()
                .objects(Sequence.class)
                .anyMatch(other -> other.name().equals(known.orElse(old).name())),
            old.last().orElse(0),
            atEnd.map(Sequence::last).orElse(old.last()).orElse(0),
            shortened ? outgrowing(atEnd.get()) : List.of(),
            known.orElse(old).increment(),
            old.increment(),
            atEnd.orElse(now).increment()),
        old.name().toString(),
        List.of("relation", "sequence"),
        old.name().local());
  }

  private boolean isWithOwner(SchemaChange change, Sequence old) {
    return !old.ownerTable().isEmpty()
        && changes.list().stream()
            .filter(other -> other.event() == change.event())
            .map(SchemaChange::object)
            .anyMatch(
                object ->
                    object.id().equals(old.ownerTable())
                        || (object instanceof Column column && old.belongsTo(column)));
  }

  private static boolean endsEarlier(Sequence now, Sequence old) {
    if (now.last().isEmpty()) {
      return false;
    }
    long last = now.last().getAsLong();
    return old.last().isEmpty()
        || (last > 0 ? last < old.last().getAsLong() : last > old.last().getAsLong());
  }

  /** The columns of production that it numbers and that have room for more than it gives. */
  private List<String> outgrowing(Sequence sequence) {
    return context
        .end()
        .tables()
        .filter(table -> !table.isView())
        .flatMap(
            table ->
                table.columns().stream()
                    .filter(column -> context.existedBefore(column.id()))
                    .filter(column -> isNumbered(column, sequence))
                    .filter(column -> hasRoomFor(column, sequence.last().orElseThrow()))
                    .map(column -> "%s of %s".formatted(column.name().local(), table.name())))
        .sorted()
        .toList();
  }

  private boolean isNumbered(Column column, Sequence sequence) {
    return (!column.identity().isEmpty() && sequence.belongsTo(column))
        || ColumnSequences.named(column.defaultValue(), context.end())
            .map(SchemaObject::id)
            .filter(sequence.id()::equals)
            .isPresent();
  }

  private static boolean hasRoomFor(Column column, long last) {
    long room = ROOM.getOrDefault(column.type().base(), Long.MAX_VALUE);
    return last > 0 ? last < room : last > -room - 1;
  }
}
