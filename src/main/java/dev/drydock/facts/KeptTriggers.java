package dev.drydock.facts;

import dev.drydock.schema.Column;
import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.sql.Comments;
import dev.drydock.sql.Mention;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What, at the end of the change, does what triggers did that it dropped. */
final class KeptTriggers {
  private final Schema base;
  private final Schema end;

  KeptTriggers(Schema base, Schema end) {
    this.base = base;
    this.end = end;
  }

  /** Whether something does, or nothing is left to do it with. */
  boolean isKept(Trigger gone) {
    Optional<Table> table = end.table(gone.table());
    return table.isEmpty()
        || table.get().triggers().stream()
            .filter(Trigger::enabled)
            .anyMatch(other -> takesPlace(other, gone))
        || isWithoutObject(gone);
  }

  private boolean takesPlace(Trigger other, Trigger gone) {
    return name(other).equals(name(gone))
        || (base.same(other).isEmpty()
            && (other.name().local().equals(gone.name().local())
                || other.fires().equals(gone.fires())));
  }

  /** The function may be made anew as well. */
  private Optional<String> name(Trigger trigger) {
    return end.object(trigger.function())
        .or(() -> base.object(trigger.function()))
        .map(function -> function.name().toString());
  }

  /** Whether its function names what the change dropped, or lets the server work out. */
  private boolean isWithoutObject(Trigger gone) {
    Set<String> words =
        base.object(gone.function(), Function.class)
            .map(function -> Mention.words(Comments.without(function.body())))
            .orElse(Set.of());
    Stream<String> columns =
        base.table(gone.table()).stream()
            .flatMap(known -> known.columns().stream())
            .filter(known -> end.same(known).filter(now -> !isComputed(now, known)).isEmpty())
            .map(known -> known.name().local());
    Stream<String> tables =
        base.tables()
            .filter(known -> end.table(known.id()).isEmpty() && end.table(known.name()).isEmpty())
            .map(known -> known.name().local());
    return Stream.concat(columns, tables)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(words::contains);
  }

  private static boolean isComputed(Column now, Column known) {
    return !now.generated().isEmpty() && known.generated().isEmpty();
  }
}
