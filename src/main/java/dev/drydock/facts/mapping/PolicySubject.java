package dev.drydock.facts.mapping;

import dev.drydock.facts.PolicyChange;
import dev.drydock.facts.TableFacts;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the change of a row level security policy into facts. */
final class PolicySubject {
  private final FactMapper mapper;
  private final ChangeContext context;
  private final StatementChanges changes;
  private final Schema after;

  PolicySubject(FactMapper mapper, ChangeContext context, StatementChanges changes, Schema after) {
    this.mapper = mapper;
    this.context = context;
    this.changes = changes;
    this.after = after;
  }

  EffectSubject of(SchemaChange change, Policy now) {
    Policy old = change.before(Policy.class).orElse(now);
    Optional<Table> atEnd = context.end().table(now.table()).or(() -> changes.owner(now.table()));
    List<Policy> permissive =
        atEnd.stream().flatMap(t -> t.policies().stream()).filter(Policy::permissive).toList();
    List<Policy> alike =
        permissive.stream()
            .filter(other -> !other.id().equals(now.id()))
            .filter(other -> isThere(now.table(), other.id()))
            .filter(other -> meet(other, now))
            .filter(other -> !metInProduction(other, now))
            .toList();
    boolean toldLater =
        permissive.stream()
            .filter(later -> !isThere(now.table(), later.id()))
            .filter(later -> meet(later, now) && !metInProduction(now, later))
            .anyMatch(
                later ->
                    alike.stream().allMatch(p -> meet(p, later) && !metInProduction(p, later)));
    TableFacts table = mapper.table(atEnd, after);
    Optional<Policy> known = inProduction(old);
    ChangedPolicy changed = ChangedPolicy.of(now, context.base(), context.end());
    return new EffectSubject(
        "policy",
        new PolicyChange(
            change.event().id(),
            old.name().local(),
            table,
            now.command(),
            now.permissive(),
            now.roles(),
            now.using(),
            now.check(),
            Tautology.holds(now.using()),
            Tautology.holds(now.check()),
            alike.stream().map(other -> other.name().local()).sorted().toList(),
            toldLater,
            change.event() == SchemaChange.Event.DROPPED
                ? context.end().table(now.table()).map(t -> uncovered(now, t)).orElse(List.of())
                : List.of(),
            known.map(context.keptOut()::lostWith).orElse(List.of()),
            change.event() == SchemaChange.Event.DROPPED
                && known.filter(policy -> !policy.permissive()).isPresent()
                && context.end().table(now.table()).filter(left -> lets(left, old)).isPresent(),
            changed.unlike(),
            changed.known().map(Policy::using).orElse(""),
            changed.known().map(Policy::check).orElse(""),
            changed.known().map(Policy::roles).orElse(List.of()),
            change.withTable()),
        table.name() + "." + old.name().local(),
        List.of("policy"),
        old.name().local());
  }

  /** Whether both are for a command and a role. */
  private static boolean meet(Policy one, Policy other) {
    boolean sameCommand =
        one.command().equals(other.command())
            || one.command().equals("all")
            || other.command().equals("all");
    return sameCommand && shareRole(one.roles(), other.roles());
  }

  /** Whether production has both, or what bears their names there, for the same rows already. */
  private boolean metInProduction(Policy other, Policy now) {
    List<Policy> known =
        context.base().table(now.table()).map(Table::policies).orElse(List.of()).stream()
            .filter(Policy::permissive)
            .toList();
    return known.stream()
        .filter(policy -> policy.name().equals(now.name()))
        .filter(policy -> isFor(policy, now.command()))
        .filter(
            policy ->
                policy.roles().contains(Roles.EVERYBODY) || policy.roles().containsAll(now.roles()))
        .anyMatch(
            policy ->
                known.stream().anyMatch(p -> p.name().equals(other.name()) && meet(p, policy)));
  }

  private static List<String> uncovered(Policy gone, Table table) {
    return Stream.of("select", "insert", "update", "delete")
        .filter(command -> gone.permissive() && table.rowSecurity())
        .filter(command -> isFor(gone, command))
        .filter(
            command ->
                table.policies().stream().noneMatch(p -> p.permissive() && isFor(p, command)))
        .toList();
  }

  private static boolean isFor(Policy policy, String command) {
    return policy.command().equals(command) || policy.command().equals("all");
  }

  private static boolean shareRole(List<String> some, List<String> others) {
    return some.contains(Roles.EVERYBODY)
        || others.contains(Roles.EVERYBODY)
        || some.stream().anyMatch(others::contains);
  }

  private boolean isThere(String table, String policy) {
    return after.table(table).stream()
        .flatMap(t -> t.policies().stream())
        .anyMatch(p -> p.id().equals(policy));
  }

  private Optional<Policy> inProduction(Policy policy) {
    return context.base().table(policy.table()).stream()
        .flatMap(table -> table.policies().stream())
        .filter(known -> known.id().equals(policy.id()))
        .findFirst();
  }

  /** Whether rows pass that the restrictive one kept back, none having come in its place. */
  private boolean lets(Table table, Policy gone) {
    return table.rowSecurity()
        && table.policies().stream().anyMatch(p -> p.permissive() && meet(p, gone))
        && table.policies().stream()
            .filter(p -> !p.permissive() && inProduction(p).isEmpty())
            .noneMatch(p -> meet(p, gone));
  }
}
