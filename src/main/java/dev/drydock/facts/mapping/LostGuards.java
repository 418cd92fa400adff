package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Publication;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Table;
import dev.drydock.schema.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What keeps the rows of a table right, and what takes its name comes without. */
final class LostGuards {
  private final Schema base;
  private final Schema end;

  LostGuards(Schema base, Schema end) {
    this.base = base;
    this.end = end;
  }

  /**
   * What {@code taker} lacks, each in words.
   *
   * @param old the table before its name went to the other one
   */
  List<String> of(Table old, Table taker) {
    if (old.isView() || taker.isView()) {
      return List.of();
    }
    return Stream.of(
            old.rowSecurity() && !taker.rowSecurity()
                ? Stream.of("row level security")
                : policies(old, taker),
            triggers(old, taker),
            keys(old, taker),
            constraints(old, taker),
            columns(old, taker),
            publications(old, taker))
        .flatMap(words -> words)
        .distinct()
        .toList();
  }

  /** Columns that {@code taker} wants a value for and {@code old} did not. */
  List<String> wanted(Table old, Table taker) {
    if (old.isView()
        || taker.isView()
        || taker.triggers().stream().anyMatch(KeptPromises::mayFill)) {
      return List.of();
    }
    return taker.columns().stream()
        .filter(c -> c.notNull() && !isFilled(c))
        .filter(c -> Domains.defaultValue(c.type(), end).isEmpty())
        .filter(
            c -> old.column(c.name().local()).map(o -> !o.notNull() || isFilled(o)).orElse(true))
        .map(c -> c.name().local())
        .toList();
  }

  private static boolean isFilled(Column column) {
    return column.hasDefault() || !column.generated().isEmpty();
  }

  private static Stream<String> policies(Table old, Table taker) {
    return !old.rowSecurity()
        ? Stream.of()
        : old.policies().stream()
            .filter(policy -> taker.policies().stream().noneMatch(other -> isLike(other, policy)))
            .map(policy -> "policy " + policy.name().local());
  }

  private static boolean isLike(Policy one, Policy other) {
    return one.name().local().equals(other.name().local())
        || (one.command().equals(other.command())
            && one.permissive() == other.permissive()
            && one.using().equals(other.using())
            && one.check().equals(other.check()));
  }

  private Stream<String> triggers(Table old, Table taker) {
    return old.triggers().stream()
        .filter(Trigger::enabled)
        .filter(
            trigger ->
                taker.triggers().stream()
                    .filter(Trigger::enabled)
                    .noneMatch(other -> function(other).equals(function(trigger))))
        // Without its function nobody has meant to keep it.
        .filter(trigger -> end.object(trigger.function()).isPresent())
        .map(trigger -> "trigger " + trigger.name().local());
  }

  private Stream<String> publications(Table old, Table taker) {
    Refusals then = new Refusals(base);
    Refusals now = new Refusals(end);
    return end.objects(Publication.class)
        .filter(
            publication ->
                base.object(publication.id(), Publication.class)
                    .filter(known -> then.sends(known, base.table(old.id()).orElse(old)))
                    .isPresent())
        .filter(publication -> !now.sends(publication, taker))
        .map(publication -> "publication " + publication.name().local())
        .sorted();
  }

  private String function(Trigger trigger) {
    return end.object(trigger.function())
        .or(() -> base.object(trigger.function()))
        .map(function -> function.name().toString())
        .orElse("");
  }

  private static Stream<String> keys(Table old, Table taker) {
    return old.indexes().stream()
        .filter(index -> index.unique() && index.valid())
        .filter(
            index ->
                old.columns().stream()
                    .map(column -> column.name().local())
                    .filter(index::needs)
                    .allMatch(name -> taker.column(name).isPresent()))
        .filter(index -> !KeptPromises.isUnique(taker, index.columns(), index.predicate()))
        .map(
            index ->
                "%s (%s)"
                    .formatted(
                        index.primary() ? "primary key" : "unique key",
                        String.join(", ", index.columns())));
  }

  private Stream<String> constraints(Table old, Table taker) {
    return old.constraints().stream()
        .filter(c -> c.columns().stream().allMatch(name -> taker.column(name).isPresent()))
        .filter(c -> taker.constraints().stream().noneMatch(other -> keeps(other, c)))
        .flatMap(
            c ->
                switch (c.type()) {
                  case CHECK -> Stream.of("check " + c.name().local());
                  case FOREIGN_KEY -> Stream.of("foreign key " + c.name().local());
                  case EXCLUSION -> Stream.of("exclusion " + c.name().local());
                  // Of keys tell the indexes, of NOT NULL the columns.
                  case PRIMARY_KEY, UNIQUE, NOT_NULL -> Stream.<String>of();
                });
  }

  private boolean keeps(Constraint other, Constraint gone) {
    return other.type() == gone.type()
        && other.columns().equals(gone.columns())
        && other.expression().equals(gone.expression())
        && referenced(other).equals(referenced(gone));
  }

  /** By its name: the table that a key leads to may be made anew too. */
  private Optional<String> referenced(Constraint key) {
    return base.table(key.referencedTable())
        .or(() -> end.table(key.referencedTable()))
        .map(SchemaObject::name)
        .map(Object::toString);
  }

  private static Stream<String> columns(Table old, Table taker) {
    return old.columns().stream()
        .flatMap(
            column ->
                taker.column(column.name().local()).stream()
                    .flatMap(
                        other ->
                            Stream.concat(
                                column.notNull() && !other.notNull()
                                    ? Stream.of("NOT NULL of " + other.name().local())
                                    : Stream.of(),
                                // Where it is NOT NULL too, its INSERTs fail.
                                isFilled(column) && !isFilled(other) && !other.notNull()
                                    ? Stream.of("default of " + other.name().local())
                                    : Stream.of())));
  }
}
