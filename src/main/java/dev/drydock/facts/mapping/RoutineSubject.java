package dev.drydock.facts.mapping;

import dev.drydock.facts.RoutineChange;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Function;
import dev.drydock.schema.Grant;
import dev.drydock.schema.SchemaChange;
import java.util.List;
import java.util.Optional;

/** Turns what one statement changed of a function or procedure into facts. */
final class RoutineSubject {
  private static final String CALL = "EXECUTE";

  private final ChangeContext context;
  private final Observation observation;
  private final Roles roles;

  RoutineSubject(ChangeContext context, Observation observation) {
    this.context = context;
    this.observation = observation;
    this.roles = new Roles(context.end());
  }

  EffectSubject of(SchemaChange change, Function now) {
    Optional<Function> before = change.before(Function.class);
    Function old = before.orElse(now);
    Function known = known(old);
    boolean served = context.end().functions().anyMatch(f -> f.name().equals(known.name()));
    Optional<Function> called = Calls.served(known, context.end());
    Optional<Function> successor = called.filter(other -> !other.id().equals(old.id()));
    return new EffectSubject(
        "routine",
        new RoutineChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(old.id()),
            !known.name().local().equals(old.name().local()),
            before.map(FactMapper::routine).orElse(FactMapper.NO_ROUTINE),
            change.after(Function.class).map(FactMapper::routine).orElse(FactMapper.NO_ROUTINE),
            context
                .end()
                .object(now.id(), Function.class)
                .map(FactMapper::routine)
                .orElse(FactMapper.NO_ROUTINE),
            served,
            called.isPresent(),
            Calls.shortServed(known, context.end()),
            Calls.served(known, context.atCommit(observation)).isPresent(),
            called.map(Function::result).orElse(""),
            called.map(other -> Calls.lostNames(known, other)).orElse(List.of()),
            called.map(other -> Calls.movedNames(known, other)).orElse(List.of()),
            before
                .filter(earlier -> !KeptResults.isSameText(earlier, now))
                .map(new KeptResults(context.base(), context.end())::of)
                .orElse(List.of()),
            ambiguous(now, before),
            context.mayCallAtEnd(now),
            successor.map(other -> lostGrants(known, other)).orElse(List.of()),
            successor.map(other -> newCallers(known, other)).orElse(List.of())),
        old.name().toString(),
        List.of("function"),
        old.name().local());
  }

  /** As production has it, whatever the change has done to it before. */
  private Function known(Function old) {
    return context.base().object(old.id(), Function.class).orElse(old);
  }

  private List<String> ambiguous(Function now, Optional<Function> before) {
    return context.end().object(now.id(), Function.class).stream()
        .flatMap(
            atEnd ->
                context
                    .end()
                    .functions()
                    .filter(other -> Calls.isAmbiguous(atEnd, other))
                    .filter(
                        other ->
                            context.existedBefore(other.id())
                                || (Calls.isAmbiguousInFull(atEnd, other) && isFirst(other, now)))
                    .filter(other -> before.filter(b -> Calls.isAmbiguous(b, other)).isEmpty()))
        .map(other -> "%s(%s)".formatted(other.name(), other.arguments()))
        .sorted()
        .toList();
  }

  /** Whether the other, which the change makes, was there before the statement came to this one. */
  private boolean isFirst(Function other, Function now) {
    List<String> made =
        observation
            .changes()
            .filter(change -> change.event() == SchemaChange.Event.CREATED)
            .map(change -> change.object().id())
            .filter(id -> id.equals(other.id()) || id.equals(now.id()))
            .toList();
    return observation.schema().object(other.id()).isPresent()
        && (!made.contains(other.id()) || made.indexOf(other.id()) < made.indexOf(now.id()));
  }

  /**
   * Whom the successor refuses. Everybody is let in by the server itself, so that who is not was
   * shut out on purpose.
   */
  private List<String> lostGrants(Function old, Function successor) {
    return old.grants().stream()
        .map(Grant::grantee)
        .filter(grantee -> !grantee.equals(Roles.EVERYBODY))
        .filter(grantee -> !roles.isGiven(grantee, CALL, successor.grants()))
        .map(grantee -> CALL + " of " + grantee)
        .sorted()
        .toList();
  }

  /** Whom the successor has let in from the moment it was made, with no GRANT that says so. */
  private List<String> newCallers(Function old, Function successor) {
    List<String> first =
        context.asCreated(successor.id()).stream()
            .flatMap(change -> change.after(Function.class).stream())
            .flatMap(made -> made.grants().stream())
            .map(Grant::grantee)
            .toList();
    return successor.grants().stream()
        .map(Grant::grantee)
        .filter(first::contains)
        .filter(grantee -> !roles.isGiven(grantee, CALL, old.grants()))
        .sorted()
        .toList();
  }
}
