package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Function;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import dev.drydock.sql.Comments;
import dev.drydock.sql.Mention;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What, at the end of the change, does what triggers did that it dropped. */
final class KeptTriggers {
  private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE");

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
        || table.get().constraints().stream().anyMatch(this::isNewRule)
        || isWithoutObject(gone);
  }

  private boolean takesPlace(Trigger other, Trigger gone) {
    return name(other).equals(name(gone))
        || (base.same(other).isEmpty()
            && (other.name().local().equals(gone.name().local()) || sharesWrites(other, gone)));
  }

  /** With another function, and at another time, it may do the same. */
  private static boolean sharesWrites(Trigger one, Trigger other) {
    List<String> words = List.of(other.fires().split(" "));
    return Stream.of(one.fires().split(" ")).anyMatch(w -> WRITES.contains(w) && words.contains(w));
  }

  /** What a trigger checked, or did in another table, a constraint may see to. */
  private boolean isNewRule(Constraint constraint) {
    return constraint.type() != Constraint.Type.NOT_NULL && base.same(constraint).isEmpty();
  }

  /** The function may be made anew as well. */
  private Optional<String> name(Trigger trigger) {
    return end.object(trigger.function())
        .or(() -> base.object(trigger.function()))
        .map(function -> function.name().toString());
  }

  /** Whether its function names what the change dropped, or lets the server fill in. */
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
    return (!now.generated().isEmpty() && known.generated().isEmpty())
        || (now.hasDefault() && !known.hasDefault());
  }
}
