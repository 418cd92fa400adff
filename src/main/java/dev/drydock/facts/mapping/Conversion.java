package dev.drydock.facts.mapping;

import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.ColumnType;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.Type;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What ALTER COLUMN TYPE does to the values of a column.
 *
 * @param another whether its declared type is another one
 * @param misfits what becomes of values that do not fit a narrower type
 * @param replaced whether a USING expression that does not read them takes their place
 * @param mayFail whether values of the old type may be refused on the way
 * @param demands what the new type, a domain, asks of each value and the old one does not
 * @param using the expression that makes the values of the new type; empty where none is known
 */
record Conversion(
    boolean another,
    List<String> misfits,
    boolean replaced,
    boolean mayFail,
    List<String> demands,
    String using) {
  private static final String NOT_NULL = "NOT NULL";
  private static final Conversion NONE =
      new Conversion(false, List.of(), false, false, List.of(), "");

  /**
   * @param stillNull whether no row has a value in the column yet
   */
  static Conversion of(
      SchemaChange change, Observation observation, Schema base, boolean stillNull) {
    Optional<Column> before = change.before(Column.class);
    Optional<Column> after = change.after(Column.class);
    if (before.isEmpty() || after.isEmpty() || change.event() != SchemaChange.Event.ALTERED) {
      return NONE;
    }
    ConvertingCommand command = ConvertingCommand.of(change, observation);
    Syntax syntax = command.syntax();
    Column now = after.get();
    boolean replaced = isSaid("replaced", syntax, now);
    ColumnType from = before.get().type();
    ColumnType to = now.type();
    if (from.equals(to)) {
      return new Conversion(
          false, List.of(), replaced, false, List.of(), command.using(now).orElse(""));
    }
    List<String> demands = new ArrayList<>(demands(to, observation.schema(), base));
    demands.removeAll(demands(from, observation.schema(), base));
    if (before.get().notNull()) {
      demands.remove(NOT_NULL);
    }
    Optional<String> using = command.using(now);
    return new Conversion(
        true,
        stillNull
            ? List.of()
            : Narrowing.misfits(from, to, using.isPresent() || isUsedIn(change, observation)),
        replaced,
        !demands.isEmpty()
            || (!keepsLabels(from, to, observation.schema(), base)
                && !hasConstants(syntax, now)
                && Narrowing.mayFail(from, to, using)),
        demands,
        using.orElse(""));
  }

  /** Whether the command of a block that made the change has a USING expression. */
  private static boolean isUsedIn(SchemaChange change, Observation observation) {
    return observation
        .effects(Effect.SchemaChanged.class)
        .filter(changed -> changed.change().equals(change))
        .flatMap(changed -> changed.cause().stream())
        .anyMatch(cause -> Mention.of("using", cause.sql()));
  }

  private static boolean keepsLabels(ColumnType from, ColumnType to, Schema after, Schema base) {
    Optional<List<String>> had = labels(from, after, base);
    return had.isPresent()
        && labels(to, after, base).filter(has -> has.containsAll(had.get())).isPresent();
  }

  /** Whether USING has a constant for each value, which the server has read; a domain checks it. */
  private static boolean hasConstants(Syntax syntax, Column now) {
    return !now.type().kind().equals("domain")
        && (isSaid("answered", syntax, now)
            || (!now.notNull() && isSaid("answered or null", syntax, now)));
  }

  /** Whether the statement has a part of that kind about the column. */
  static boolean isSaid(String kind, Syntax syntax, Column column) {
    return syntax.names(kind).contains(column.name().local());
  }

  private static Optional<List<String>> labels(ColumnType column, Schema after, Schema base) {
    return type(column, after, base).filter(t -> t.kind() == Type.Kind.ENUM).map(Type::labels);
  }

  /** What a domain and those beneath it ask for: {@code NOT NULL}, and checks. */
  private static List<String> demands(ColumnType column, Schema after, Schema base) {
    return type(column, after, base).stream()
        .filter(type -> type.kind() == Type.Kind.DOMAIN)
        .flatMap(type -> Domains.withThoseBeneath(type, after))
        .flatMap(Conversion::demands)
        .distinct()
        .toList();
  }

  private static Stream<String> demands(Type domain) {
    return Stream.concat(
        domain.notNull() ? Stream.of(NOT_NULL) : Stream.empty(),
        domain.constraints().stream().map(c -> c.substring(c.indexOf(": ") + 2)));
  }

  private static Optional<Type> type(ColumnType column, Schema after, Schema base) {
    return after
        .object(column.typeId(), Type.class)
        .or(() -> base.object(column.typeId(), Type.class));
  }

  Conversion {
    misfits = List.copyOf(misfits);
    demands = List.copyOf(demands);
  }
}
